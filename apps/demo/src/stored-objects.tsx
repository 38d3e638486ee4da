import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { listObjects, OBJECTS } from './api.ts';
import type { PickedFiles } from './picked-files.ts';
import { StoredRow } from './stored-row.tsx';

/** What the store holds, newest first. */
export function StoredObjects({ picked, titleId }: { picked: PickedFiles; titleId: string }): ReactNode {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: OBJECTS,
    queryFn: ({ signal }) => listObjects(signal),
  });
  const objects = data && [...data].sort((a, b) => b.lastModified.localeCompare(a.lastModified));
  return (
    <>
      <h2 id={titleId}>Stored {objects && objects.length > 0 && <span className="count">{objects.length}</span>}</h2>
      {isPending && <p className="empty">Looking into the store…</p>}
      {error && (
        <div className="empty" role="alert">
          <p>The list could not be loaded. {error.message}</p>
          <button type="button" className="button" onClick={() => refetch()}>
            Try again
          </button>
        </div>
      )}
      {objects?.length === 0 && (
        <p className="empty">
          <strong>Nothing here yet.</strong>
          What you upload goes straight into the store and shows up here.
        </p>
      )}
      {objects && objects.length > 0 && (
        <ul className="stored" aria-labelledby={titleId}>
          {objects.map((object) => (
            <StoredRow key={object.key} object={object} picked={picked.get(object.key)} />
          ))}
        </ul>
      )}
    </>
  );
}
