/** Two tabs. React keeps the one that is not shown. */
import { Uploader } from '@portage/react';
import { Activity, useState } from 'react';

export function HiddenTab() {
  const [isShown, setShown] = useState(true);
  const [stored, setStored] = useState(0);
  return (
    <main>
      <button type="button" onClick={() => setShown(!isShown)}>
        Other tab
      </button>
      <Activity mode={isShown ? 'visible' : 'hidden'}>
        <Uploader endpoint="/api/uploads" onUploaded={() => setStored((before) => before + 1)} />
      </Activity>
      <output aria-label="Stored">{stored}</output>
    </main>
  );
}
