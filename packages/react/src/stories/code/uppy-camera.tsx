import { Upload, UploaderItem, UploadProvider } from '@portage/react';
import { PortageS3 } from '@portage/uppy';
import { Uppy } from '@uppy/core';
import { useWebcam } from '@uppy/react';
import Webcam from '@uppy/webcam';

// ScreenCapture of @uppy/screen-capture, with `useScreenCapture`, is used in the same way.
const uppy = new Uppy({ autoProceed: true })
  .use(PortageS3, { endpoint: '/api/uploads' })
  .use(Webcam, { modes: ['picture'] });

export default function App() {
  return (
    <UploadProvider uppy={uppy}>
      <Camera />
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
    </UploadProvider>
  );
}

function Camera() {
  const camera = useWebcam({ onSubmit: () => {} });
  return (
    <>
      <video aria-label="The camera" {...camera.getVideoProps()} />
      <button type="button" onClick={camera.start}>
        Open the camera
      </button>
      <button {...camera.getSnapshotButtonProps()}>Take the picture</button>
      <button {...camera.getSubmitButtonProps()}>Add it</button>
    </>
  );
}
