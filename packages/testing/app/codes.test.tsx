import { ERROR_CODES, Uploader } from '@portage/react';
import { type FakeFailure, fakeUploads } from '@portage/testing/fake';
import { PortageS3 } from '@portage/uppy';
import { act, render, waitFor } from '@testing-library/react';
import Uppy from '@uppy/core';
import { afterEach, expect, test, vi } from 'vitest';

const uploads = fakeUploads();
afterEach(uploads.reset);

const ended: FakeFailure[] = [
  ...(['store-refused', 'gateway-refused', 'etag-hidden', 'corrupt', 'upload-gone'] as const),
  ...([
    'unauthorized',
    'too-large',
    'too-small',
    'quota-exceeded',
    'type-refused',
    'key-taken',
    'name-refused',
    'rate-limited',
  ] as const),
];

test.each(ended)('%s', async (code) => {
  expect(ERROR_CODES).toContain(code);
  const uppy = new Uppy().use(PortageS3, { endpoint: '/api/uploads' });
  const failed = vi.fn();
  uppy.on('upload-error', (_, error) =>
    failed('serverCode' in error ? error.serverCode : (error as { code?: string }).code),
  );
  uploads.fail(code);
  uppy.addFile({ name: 'a.txt', data: new File(['hello'], 'a.txt') });
  await uppy.upload();
  expect(failed.mock.calls).toEqual([[code]]);
  uppy.destroy();
});

test.each(['network', 'store-unavailable', 'internal'] as const)('%s is waited out', async (code) => {
  const uppy = new Uppy().use(PortageS3, { endpoint: '/api/uploads' });
  const mend = uploads.fail(code);
  render(<Uploader uppy={uppy} />);
  uppy.addFile({ name: 'a.txt', data: new File(['hello'], 'a.txt') });
  const uploaded = uppy.upload();
  await waitFor(() => expect(document.querySelector('[data-status="retrying"]')).toBeTruthy());
  act(mend);
  expect((await uploaded)?.successful).toHaveLength(1);
  uppy.destroy();
});

test('gives the page back what it had', () => {
  const { fetch, XMLHttpRequest } = globalThis;
  const other = fakeUploads({ endpoint: '/elsewhere' });
  expect(globalThis.fetch).not.toBe(fetch);
  other.close();
  expect(globalThis.fetch).toBe(fetch);
  expect(globalThis.XMLHttpRequest).toBe(XMLHttpRequest);
});
