'use client';
import { Upload, UploaderPanel } from '@portage/react';
import '@portage/react/style.css';

/** Square pictures in an order that people change by dragging or by the arrow keys; a click shows one large. */
export function UploadGallery({ children, ...root }: Upload.RootProps) {
  return (
    <Upload.Root {...root}>
      <UploaderPanel layout="gallery">{children}</UploaderPanel>
    </Upload.Root>
  );
}
