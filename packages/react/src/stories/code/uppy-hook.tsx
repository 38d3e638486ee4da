import { Upload, UploadProvider } from '@portage/react';
import { useUppyContext } from '@uppy/react';

export default function App() {
  return (
    <UploadProvider endpoint="/api/uploads">
      <Status />
      <Upload.Summary />
    </UploadProvider>
  );
}

function Status() {
  const { status, progress } = useUppyContext();
  return (
    <p>
      {status}, {progress}%
    </p>
  );
}
