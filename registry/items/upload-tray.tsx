'use client';
import { Upload, UploaderPanel } from '@portage/react';
import '@portage/react/style.css';

/**
 * Holds uploads above the routes of an app, and shows them in a corner wherever the person goes. Put it around the router; an
 * `Upload.Trigger` or `Upload.Dropzone` anywhere inside adds files.
 */
export function UploadTray({ children, ...root }: Upload.RootProps) {
  return (
    <Upload.Root {...root}>
      <UploaderPanel layout="tray">{children}</UploaderPanel>
    </Upload.Root>
  );
}
