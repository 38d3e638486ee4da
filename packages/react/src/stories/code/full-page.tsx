import { Upload, UploaderItem, UploadProvider, useDropzone } from '@portage/react';

export function Page() {
  return (
    <UploadProvider endpoint="/api/uploads">
      <DropPage />
    </UploadProvider>
  );
}

function DropPage() {
  const { getRootProps, isDragging } = useDropzone();
  return (
    // A click anywhere is no wish to pick a file.
    <main {...getRootProps({ onClick: (event) => event.preventDefault() })} data-dragging={isDragging || undefined}>
      <p>Drop files anywhere on this page, or</p>
      <Upload.Trigger />
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
    </main>
  );
}
