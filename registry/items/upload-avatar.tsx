'use client';
import { Upload, UploaderPanel } from '@portage/react';
import { Crop } from '@portage/react/crop';
import '@portage/react/style.css';

const ONE_PICTURE = { maxNumberOfFiles: 1, allowedFileTypes: ['image/*'] };

/** One picture, round: another one takes its place. `src` is the picture that the person has now; what is kept of a new one is asked. */
export function UploadAvatar({ src, children, ...root }: Upload.RootProps & { src?: string }) {
  return (
    <Upload.Root {...({ restrictions: ONE_PICTURE, ...root } as Upload.RootProps)}>
      <UploaderPanel layout="avatar">
        <Crop />
        {src && <img src={src} alt="" />}
      </UploaderPanel>
      {children}
    </Upload.Root>
  );
}
