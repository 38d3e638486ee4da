'use client';
import { Upload, UploaderItem, useDropzone } from '@portage/react';
import '@portage/react/style.css';
import type { ReactNode } from 'react';

/** Takes what is dropped or pasted anywhere on what is inside. Wrap a page, a chat or a form in it. */
export function UploadDropzone({ children, ...root }: Upload.RootProps) {
  return (
    <Upload.Root {...root}>
      <Zone>{children}</Zone>
    </Upload.Root>
  );
}

function Zone({ children }: { children: ReactNode }) {
  const { getRootProps, isDragging } = useDropzone({ click: false });
  return (
    <div
      {...getRootProps<HTMLDivElement>()}
      className={`portage-uploader rounded-lg outline-2 outline-offset-8 outline-dashed ${isDragging ? 'outline-primary' : 'outline-transparent'}`}
    >
      {children}
      <Upload.Trigger className="portage-quiet justify-self-start" />
      <Upload.Refusals />
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
      <Upload.Undo />
    </div>
  );
}
