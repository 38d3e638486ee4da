import { useStoredFiles } from '@portage/react/query';
import type { ReactNode } from 'react';
import { listObjects, type StoredObject } from './api.ts';
import type { PickedFiles } from './picked-files.ts';
import { StoredRow } from './stored-row.tsx';

/** What the store holds, newest first. */
export function StoredObjects({ picked, titleId }: { picked: PickedFiles; titleId: string }): ReactNode {
  const { data, rows, error, isPending, refetch } = useStoredFiles({ queryFn: listNewestFirst, keyOf });
  const objects = data;
  const ahead = rows.filter((row) => row.state === 'uploading');
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
      {rows.length === 0 && data && (
        <p className="empty">
          <strong>Nothing here yet.</strong>
          What you upload goes straight into the store and shows up here.
        </p>
      )}
      {objects && rows.length > 0 && (
        <ul className="stored" aria-labelledby={titleId}>
          {ahead.slice(0, SHOWN_AHEAD).map(({ key, info }) => (
            <li key={key} className="stored-row stored-ahead">
              <span className="stored-name" dir="auto">
                {info.name}
              </span>
              <span className="muted">on its way</span>
            </li>
          ))}
          {ahead.length > SHOWN_AHEAD && (
            <li className="stored-row muted">{ahead.length - SHOWN_AHEAD} more on their way</li>
          )}
          {objects.map((object) => (
            <StoredRow key={object.key} object={object} picked={picked.get(object.key)} />
          ))}
        </ul>
      )}
    </>
  );
}

/** More of them would push what is stored out of sight; the list on the other side has them all. */
const SHOWN_AHEAD = 3;

const keyOf = ({ key }: StoredObject): string => key;

async function listNewestFirst(context: { readonly signal: AbortSignal }): Promise<StoredObject[]> {
  const objects = await listObjects(context);
  return objects.sort((a, b) => b.lastModified.localeCompare(a.lastModified));
}
