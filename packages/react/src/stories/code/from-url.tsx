import { UploaderPanel, UploadProvider } from '@portage/react';
import { FromUrl } from '@portage/react/from-url';
import { PortageS3 } from '@portage/uppy';
import { Uppy } from '@uppy/core';

const companion = 'https://companion.example.com';
const uppy = new Uppy({ autoProceed: true }).use(PortageS3, { companionEndpoint: companion });

export function Files() {
  return (
    <UploadProvider uppy={uppy}>
      <UploaderPanel>
        <FromUrl companionUrl={companion} />
      </UploaderPanel>
    </UploadProvider>
  );
}
