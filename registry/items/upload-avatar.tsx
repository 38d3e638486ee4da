'use client';
import { Upload, UploaderPanel } from '@portage/react';
import { Crop } from '@portage/react/crop';
import '@portage/react/style.css';

const ONE_PICTURE = { maxNumberOfFiles: 1, allowedFileTypes: ['image/*'] };

/** One round picture, and another one takes its place. `src` is the current one. It asks which part of a new one is kept. */
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
