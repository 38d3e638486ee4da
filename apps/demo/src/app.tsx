import { type UploadedFile, Uploader } from '@portage/react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { OBJECTS } from './api.ts';
import { Footer, Header } from './chrome.tsx';
import { type PickedFiles, pickedKey } from './picked-files.ts';
import { StoredObjects } from './stored-objects.tsx';

export function App(): ReactNode {
  const queryClient = useQueryClient();
  const [picked, setPicked] = useState<PickedFiles>(new Map());

  const onUploaded = (file: UploadedFile): void => {
    const key = pickedKey(file);
    const { data } = file;
    if (key && data) setPicked((before) => new Map(before).set(key, data));
    void queryClient.invalidateQueries({ queryKey: OBJECTS });
  };

  return (
    <div className="page">
      <Header />
      <main className="columns">
        <section aria-labelledby="upload-title" className="column-upload">
          <h2 id="upload-title">Upload</h2>
          <Uploader endpoint="/api/uploads" onUploaded={onUploaded} />
        </section>
        <section aria-labelledby="stored-title" className="column-stored">
          <StoredObjects picked={picked} titleId="stored-title" />
        </section>
      </main>
      <Footer />
    </div>
  );
}
