import { version } from 'react';
import { version as domVersion } from 'react-dom';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { createScene } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

it('runs on one React, whichever it is', async () => {
  expect(domVersion).toBe(version);
  const screen = await render(<Uploader uppy={createScene([{ name: 'a.jpg', status: 'uploading' }]).uppy} />);
  await expect.element(screen.getByText('a.jpg')).toBeVisible();
  console.log(`React ${version}`);
});
