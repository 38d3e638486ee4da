import { afterEach, expect, it, vi } from 'vitest';
import { troubleOf } from './file-trouble.ts';

afterEach(() => void vi.unstubAllGlobals());

const refuse = () => Promise.reject(new DOMException('The requested file could not be read', 'NotReadableError'));
const unreadable = { size: 5, slice: () => ({ size: 1, arrayBuffer: refuse }) } as unknown as Blob;

it('says of a file that the browser does not read any more that it has changed', async () => {
  expect(await troubleOf(unreadable)).toMatchObject({ kind: 'changed' });
});

it('does not say that a file has changed where the browser has no room for any file', async () => {
  vi.stubGlobal('Blob', function Full() {
    return unreadable;
  });
  expect(await troubleOf(unreadable)).toMatchObject({ kind: 'unreadable' });
});
