import { createFormat } from '@portage/react';
import { uploadKeys } from '@portage/react/query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deleteObject, type StoredObject } from './api.ts';
import { useVerify } from './use-verify.ts';
import { VerifyResult } from './verify-result.tsx';

const format = createFormat('en');
const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** One stored object: what it is, and whether it is what was picked. */
export function StoredRow({ object, picked }: { object: StoredObject; picked: Blob | undefined }): ReactNode {
  const { key, name, size, lastModified } = object;
  const [verification, verify] = useVerify(key, picked);
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteObject(key),
    onSettled: () => queryClient.invalidateQueries({ queryKey: uploadKeys.storedFiles }),
  });

  return (
    <li className="stored-row" data-removing={remove.isPending ? '' : undefined}>
      <div className="stored-head">
        <div className="stored-text">
          <span className="stored-name" dir="auto" title={key}>
            {name}
          </span>
          <span className="muted">
            {format.bytes(size)} · <time dateTime={lastModified}>{time.format(new Date(lastModified))}</time>
          </span>
        </div>
        <button
          type="button"
          className="button"
          aria-label={`Verify ${name}`}
          aria-disabled={verification.state === 'running'}
          onClick={() => verification.state !== 'running' && void verify()}
        >
          Verify
        </button>
        <button
          type="button"
          className="button button-danger"
          aria-label={`Delete ${name}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        >
          Delete
        </button>
      </div>
      <VerifyResult verification={verification} name={name} />
      {remove.isError && <p role="alert">It could not be deleted. {remove.error.message}</p>}
    </li>
  );
}
