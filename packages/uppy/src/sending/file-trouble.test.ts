import { afterEach, expect, it, vi } from 'vitest';
import { troubleOf } from './file-trouble.ts';

afterEach(() => void vi.unstubAllGlobals());

const refuse = () => Promise.reject(new DOMException('The requested file could not be read', 'NotReadableError'));
const unreadable = { size: 5, slice: () => ({ size: 1, arrayBuffer: refuse }) } as unknown as Blob;

it('says of a file that the browser does not read any more that it has changed, also of one from another window', async () => {
  // Exceptions of another window, such as a popup, are of a class of their own.
  const refuseThere = () =>
    Promise.reject({ name: 'NotReadableError', message: 'The requested file could not be read' });
  const elsewhere = { size: 5, slice: () => ({ size: 1, arrayBuffer: refuseThere }) } as unknown as Blob;
  const troubles = await Promise.all([unreadable, elsewhere].map(troubleOf));
  expect(troubles).toMatchObject([{ kind: 'changed' }, { kind: 'changed' }]);
});

it('does not say that a file has changed where the browser has no room for any file', async () => {
  vi.stubGlobal('Blob', function Full() {
    return unreadable;
  });
  expect(await troubleOf(unreadable)).toMatchObject({ kind: 'unreadable' });
});
