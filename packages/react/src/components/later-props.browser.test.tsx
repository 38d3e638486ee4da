import { PortageS3 } from '@portage/uppy';
import { Uppy } from '@uppy/core';
import { StrictMode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Uploader, type UploaderProps } from './uploader.tsx';

afterEach(() => vi.restoreAllMocks());

/** Renders, and renders again with other props. */
async function setUp(first: UploaderProps) {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const told = vi.spyOn(PortageS3.prototype, 'setOptions');
  const limited = vi.spyOn(Uppy.prototype, 'setOptions');
  const screen = await render(<Uploader {...first} />);
  const change = (props: UploaderProps) => screen.rerender(<Uploader {...props} />);
  const warnings = () => warned.mock.calls.map(([text]) => String(text)).filter((text) => text.startsWith('Portage'));
  return { told, limited, change, warnings };
}

const endpoint = '/api/uploads';

it('takes other restrictions: the picker, the hint and the check follow', async () => {
  const { change } = await setUp({ endpoint, restrictions: { allowedFileTypes: ['.jpg'], maxFileSize: 5 } });
  const input = document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
  expect(input.accept).toBe('.jpg');
  await change({ endpoint, restrictions: { allowedFileTypes: ['.pdf'] } });
  await expect.poll(() => input.accept).toBe('.pdf');
  await expect.element(page.getByText('.pdf', { exact: true })).toBeVisible();
  await userEvent.upload(input, new File(['123456789'], 'a.jpg'));
  await expect.element(page.getByRole('alert')).toHaveTextContent('Files like a.jpg cannot be uploaded here');
  await change({ endpoint });
  await expect.poll(() => input.accept).toBe('');
});

it('takes another endpoint, route and headers, and asks for nothing where an object only is a new one', async () => {
  const { told, limited, change, warnings } = await setUp({ endpoint, restrictions: { maxFileSize: 5 } });
  await change({ endpoint, restrictions: { maxFileSize: 5 } });
  await change({ endpoint: '/other', route: 'second', restrictions: { maxFileSize: 5 } });
  await expect.poll(() => told.mock.calls).toEqual([[{ endpoint: '/other', route: 'second' }]]);
  const headers = { Authorization: 'second' };
  await change({ s3: { endpoint: '/other', route: 'second', headers }, restrictions: { maxFileSize: 5 } });
  await expect.poll(() => told.mock.lastCall).toEqual([{ headers }]);
  expect(limited).not.toHaveBeenCalled();
  expect(warnings()).toEqual([]);
});

it('takes other headers and fields: files that are not begun have them, those that are keep theirs', async () => {
  const uppies: Uppy[] = [];
  vi.spyOn(Uppy.prototype, 'addUploader').mockImplementation(function (this: Uppy) {
    uppies.push(this);
  });
  const { told, change } = await setUp({
    endpoint,
    autoStart: false,
    meta: { album: 'a', year: '1' },
    headers: { a: '1' },
  });
  const uppy = uppies.at(-1) as Uppy;
  const add = (name: string) => uppy.addFile({ name, data: new File([name], name) });
  const [begun, waiting] = [add('begun'), add('waiting')];
  uppy.setFileState(begun, { progress: { ...uppy.getFile(begun).progress, uploadStarted: 1 } as never });
  await change({ endpoint, autoStart: false, meta: { album: 'b' }, headers: { a: '2' } });
  await expect.poll(() => told.mock.lastCall).toEqual([{ headers: { a: '2' } }]);
  const metaOf = (id: string) => uppy.getFile(id).meta;
  expect(metaOf(begun)).toMatchObject({ album: 'a', year: '1' });
  expect(metaOf(waiting)).toMatchObject({ album: 'b', year: undefined });
  expect(metaOf(add('later'))).toMatchObject({ album: 'b', year: undefined });
  uppy.clear();
});

it('says once, in development, what cannot change', async () => {
  const { told, change, warnings } = await setUp({ s3: { endpoint, concurrency: 6 } });
  await change({ s3: { endpoint, concurrency: 3 } });
  await expect.poll(warnings).toEqual([expect.stringContaining('`concurrency` has changed')]);
  await change({ s3: { endpoint, concurrency: 2, bandwidthLimit: 1000 } });
  await expect.poll(() => told.mock.calls).toEqual([[{ bandwidthLimit: 1000 }]]);
  expect(warnings()).toHaveLength(1);
});

it('says in development what becomes of uploads whose component is unmounted', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const uppies: Uppy[] = [];
  vi.spyOn(Uppy.prototype, 'addUploader').mockImplementation(function (this: Uppy) {
    uppies.push(this);
  });
  const screen = await render(
    <StrictMode>
      <Uploader endpoint={endpoint} autoStart={false} />
    </StrictMode>,
  );
  const uppy = uppies.at(-1) as Uppy;
  const id = uppy.addFile({ name: 'a.bin', data: new File(['x'], 'a.bin') });
  uppy.setFileState(id, { progress: { ...uppy.getFile(id).progress, uploadStarted: 1 } as never });
  await screen.unmount();
  await expect
    .poll(() => warned.mock.calls.map(([text]) => String(text)))
    .toContainEqual(
      expect.stringContaining('A file was on the way when the component that holds the uploads was unmounted'),
    );
});
