import { Uploader, useUpload } from '@portage/react';
import { UploadDiagnostics } from '@portage/react/diagnostics';
import '@portage/react/diagnostics.css';

export default function App() {
  return (
    <Uploader endpoint="/api/uploads">
      <Newest />
    </Uploader>
  );
}

function Newest() {
  const id = useUpload().fileIds.at(-1);
  return id && <UploadDiagnostics fileId={id} />;
}
