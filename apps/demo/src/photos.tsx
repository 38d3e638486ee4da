import type { StatusOf } from '@portage/processing';
import { type UploadedFile, UploaderPanel, UploadProvider } from '@portage/react';
import { Prepare } from '@portage/react/prepare';
import { UploadedImage, useProcessing } from '@portage/react/processing';
import { type ReactNode, useState } from 'react';
// For its types alone: nothing of the server gets into the page.
import type { DemoProcessing } from '../../mock-backend/src/demo-processing.ts';
import { type KeptPhoto, keepPhotos, keptPhotos } from './kept-photos.ts';
import { QueueState } from './queue-state.tsx';

/** What is made of photos before they are sent, and of photos, films and PDFs after they are stored. */
export function Photos(): ReactNode {
  const [photos, setPhotos] = useState<readonly KeptPhoto[]>(keptPhotos);
  const onUploaded = ({ id, name, body }: UploadedFile): void => {
    const token = body['processing'];
    if (typeof token !== 'string') return;
    setPhotos((before) => keepPhotos([{ id, name, token }, ...before.filter((photo) => photo.token !== token)]));
  };
  return (
    <UploadProvider endpoint="/api/uploads" route="photos" onUploaded={onUploaded}>
      <main className="columns">
        <section aria-labelledby="upload-title" className="column-upload">
          <h2 id="upload-title">Upload photos and films</h2>
          <UploaderPanel />
          <Prepare images={{ maxWidth: 2400, maxHeight: 2400 }} />
          <QueueState />
        </section>
        <section aria-labelledby="photos-title" className="column-stored">
          <h2 id="photos-title">Made of them {photos.length > 0 && <span className="count">{photos.length}</span>}</h2>
          {photos.length === 0 && (
            <p className="empty">
              <strong>Nothing here yet.</strong>
              This page takes out of photos where they were taken, and makes large ones smaller, before it sends them.
              Photos, films and PDFs get a thumbnail when they are stored, by a worker beside this page’s server.
            </p>
          )}
          <ul className="photos" aria-labelledby="photos-title">
            {photos.map((photo) => (
              <Photo key={photo.token} {...photo} />
            ))}
          </ul>
        </section>
      </main>
    </UploadProvider>
  );
}

function Photo({ name, token }: KeptPhoto): ReactNode {
  const { data: status, error } = useProcessing<StatusOf<DemoProcessing, 'photos'>>(token, { route: 'photos' });
  const { image, video, pdf } = status?.steps ?? {};
  const shown = [image, pdf, video].find((step) => step?.state === 'done');
  const failed = [image, pdf, video].find((step) => step?.state === 'failed');
  return (
    <li className="photo">
      {shown?.state === 'done' ? (
        <UploadedImage
          files={shown.files.filter(({ type }) => type.startsWith('image/'))}
          placeholder={shown.result.placeholder}
          alt=""
          sizes="10rem"
        />
      ) : (
        <span className="photo-empty" aria-hidden="true" />
      )}
      <span className="stored-name" dir="auto" title={name}>
        {name}
      </span>
      <span className="muted" role="status">
        {error?.message ?? (failed?.state === 'failed' ? `${failed.message} ${failed.hint}` : wordsOf(status))}
      </span>
    </li>
  );
}

function wordsOf(status: StatusOf<DemoProcessing, 'photos'> | undefined): string {
  if (!status) return 'Asking…';
  if (status.state === 'failed') return 'The worker has given up.';
  if (status.state === 'queued') return 'Waiting for its turn…';
  if (status.state === 'running') return `Processing… ${status.done} of ${status.total}`;
  const { metadata } = status.steps;
  if (metadata.state !== 'done') return 'Stored';
  const { result } = metadata;
  if (result.kind === 'picture') return `${result.width} × ${result.height}`;
  if (result.kind === 'pdf') return result.pages === 1 ? '1 page' : `${result.pages} pages`;
  return result.seconds === undefined ? result.container : `${Math.round(result.seconds)} s`;
}
