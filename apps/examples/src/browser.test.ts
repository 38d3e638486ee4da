import { createUploadClient, type UploadBody } from '@portage/server/client';
import { PortageS3 } from '@portage/uppy';
import Uppy from '@uppy/core';
import { expect, expectTypeOf, it } from 'vitest';
import type { uploads } from './uploads.ts';

it('a route of the typed client is all that the Uppy plugin asks for', () => {
  const client = createUploadClient<typeof uploads>({ endpoint: '/api/uploads' });
  const uppy = new Uppy().use(PortageS3, client.route('files'));
  expect(uppy.getPlugin('PortageS3')?.opts).toMatchObject({ endpoint: '/api/uploads', route: 'files' });
  uppy.on('upload-success', (_file, response) => {
    const { size }: { size: number } = client.route('files').result(response);
    expect(size).toBeGreaterThan(0);
  });
  uppy.destroy();
});

it('the body of an Uppy answer has the type of what `onComplete` returned', () => {
  type Body = UploadBody<typeof uploads, 'files'>;
  const client = createUploadClient<typeof uploads>({ endpoint: '/api/uploads' });
  const uppy = new Uppy<Record<string, never>, Body>().use(PortageS3, client.route('files'));
  uppy.on('upload-success', (file, { body }) => {
    expectTypeOf(body).toEqualTypeOf<Body | undefined>();
    expectTypeOf(file?.response?.body?.result).toEqualTypeOf<{ size: number } | undefined>();
    expectTypeOf(body?.verifiedBy).toEqualTypeOf<'CRC64NVME' | 'MD5' | 'size' | undefined>();
    // @ts-expect-error `onComplete` returns no such thing
    body?.result.name;
  });
  expect(uppy.getPlugin('PortageS3')).toBeDefined();
  uppy.destroy();
});
