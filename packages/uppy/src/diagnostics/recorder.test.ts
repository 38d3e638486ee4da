import { expect, it, vi } from 'vitest';
import { createRecorder } from './recorder.ts';

it('has what it was told before the code that writes it down was there', async () => {
  vi.stubGlobal('navigator', { userAgent: 'a browser' });
  const recorder = createRecorder();
  recorder.trace('film', 'begun', { id: 'film', name: 'film.mp4', size: 5, type: '', partSize: undefined, meta: {} });
  expect(await recorder.export('film')).toMatchObject({ file: { size: 5, extension: 'mp4' }, status: 'queued' });
  expect(await recorder.export('other')).toBeUndefined();
});
