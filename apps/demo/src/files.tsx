import { type UploadedFile, UploaderPanel, UploadProvider } from '@portage/react';
import { type ReactNode, useState } from 'react';
import { BreakIt } from './break-it.tsx';
import { type PickedFiles, pickedKey } from './picked-files.ts';
import { StoredObjects } from './stored-objects.tsx';
import { UploadDetails } from './upload-details.tsx';

/** Files of every kind, and what the store holds. */
export function Files(): ReactNode {
  const [picked, setPicked] = useState<PickedFiles>(new Map());

  const onUploaded = (file: UploadedFile): void => {
    const key = pickedKey(file);
    const { data } = file;
    if (key && data) setPicked((before) => new Map(before).set(key, data));
  };

  return (
    <UploadProvider endpoint="/api/uploads" onUploaded={onUploaded}>
      <main className="columns">
        <BreakIt />
        <section aria-labelledby="upload-title" className="column-upload">
          <h2 id="upload-title">Your own files</h2>
          <UploaderPanel>
            <UploadDetails />
          </UploaderPanel>
        </section>
        <section aria-labelledby="stored-title" className="column-stored">
          <StoredObjects picked={picked} titleId="stored-title" />
        </section>
      </main>
    </UploadProvider>
  );
}
