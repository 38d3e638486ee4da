import { UploadProvider, useDropzone, useUpload, useUploadFile, useUploadStats } from '@portage/react';

export default function App() {
  return (
    <UploadProvider endpoint="/api/uploads">
      <OwnUploader />
    </UploadProvider>
  );
}

export function OwnUploader() {
  const { fileIds, browse, pauseAll, resumeAll } = useUpload();
  const { progress } = useUploadStats();
  const { getRootProps, isDragging } = useDropzone();
  return (
    <div {...getRootProps()}>
      <p>{isDragging ? 'Let go' : `${Math.floor(progress.percent)}% of ${fileIds.length} files`}</p>
      <button type="button" onClick={() => browse()}>
        Add
      </button>
      <button type="button" onClick={pauseAll}>
        Pause
      </button>
      <button type="button" onClick={resumeAll}>
        Resume
      </button>
      <ul>
        {fileIds.map((id) => (
          <OwnRow key={id} id={id} />
        ))}
      </ul>
    </div>
  );
}

function OwnRow({ id }: { id: string }) {
  const { file, snapshot, remove } = useUploadFile(id);
  return (
    <li>
      {file.name}: {snapshot.status}, {Math.floor(snapshot.progress.percent)}%{' '}
      <button type="button" onClick={remove} aria-label={`Remove ${file.name}`}>
        Remove
      </button>
    </li>
  );
}
