import { createFormat } from '@portage/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { CopyButton } from './copy-button.tsx';
import { type SampleRun, survived } from './sample-run.ts';
import { useVerify } from './use-verify.ts';

const format = createFormat('en');

const SNIPPET = `import { Uploader } from '@portage/react';
import '@portage/react/style.css';

export default function App() {
  return <Uploader endpoint="/api/uploads" />;
}
`;

interface SampleEndProps {
  readonly run: SampleRun;
  /** The object's key in the store. */
  readonly storedKey: string;
  readonly data: Blob;
  /** How long the upload took. */
  readonly seconds: number;
}

/** Asks the store for the SHA-256 of what it holds, and says whether that is the file's. */
export function SampleEnd({ run, storedKey, data, seconds }: SampleEndProps): ReactNode {
  const [verification, verify] = useVerify(storedKey, data);
  const begin = useRef(verify);
  useEffect(() => void begin.current(), []);
  const again = run.cells.filter(({ sends }) => sends > 1).length;
  return (
    <div className="sample-end" data-state={verification.state}>
      <div role="status">
        {verification.state === 'running' && <p>Stored. Comparing every byte with the file…</p>}
        {verification.state === 'identical' && (
          <p className="verdict">
            <strong>Identical.</strong> SHA-256 <code>{verification.stored}</code>, {survived(run.outages)}.
          </p>
        )}
        {verification.state === 'different' && (
          <p className="verdict">
            <strong>Different.</strong> The file’s SHA-256 is <code>{verification.picked}</code>, and that of what is
            stored is <code>{verification.stored}</code>. Please report this.
          </p>
        )}
        {verification.state === 'failed' && <p>The store could not be asked. {verification.message}</p>}
      </div>
      {verification.state === 'failed' && (
        <button type="button" className="button" onClick={() => void verify()}>
          Ask again
        </button>
      )}
      {verification.state === 'identical' && (
        <>
          <p className="muted">
            {format.bytes(data.size)} in {format.duration(seconds)}.{' '}
            {again === 0
              ? 'Each part was sent once.'
              : `${again} of ${run.cells.length} parts were sent again, the others once.`}
          </p>
          <div className="snippet">
            <pre>
              <code>{SNIPPET}</code>
            </pre>
            <CopyButton text={SNIPPET} />
          </div>
          <p>
            This is all that a page needs. Its server takes some twenty lines more: <code>docs/first-upload.md</code>.
            Or try <a href="#upload-title">files of your own</a>, or <a href="#photos">photos and films</a>.
          </p>
        </>
      )}
    </div>
  );
}
