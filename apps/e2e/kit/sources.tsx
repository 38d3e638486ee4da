/** Files from the camera and, where the page's address names a Companion, from the web; without one an upload server takes them. */
import { Upload, UploaderPanel } from '@portage/react';
import { Camera } from '@portage/react/camera';
import { FromUrl } from '@portage/react/from-url';
import { PortageS3 } from '@portage/uppy';
import Uppy from '@uppy/core';
import { useState } from 'react';

const companionUrl = new URLSearchParams(location.search).get('companion');

function createUppy(): Uppy {
  const uppy = new Uppy({ autoProceed: true, restrictions: { maxFileSize: 20 * 1024 * 1024 } });
  uppy.use(PortageS3, companionUrl ? { companionEndpoint: companionUrl } : { endpoint: '/api/uploads' });
  return uppy;
}

export function Sources() {
  const [uppy] = useState(createUppy);
  return (
    <Upload.Root uppy={uppy}>
      <UploaderPanel>
        <Camera />
        {companionUrl && <FromUrl companionUrl={companionUrl} />}
      </UploaderPanel>
    </Upload.Root>
  );
}
