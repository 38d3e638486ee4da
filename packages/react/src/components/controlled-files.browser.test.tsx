import type { Uppy } from '@uppy/core';
import { act, useEffect, useState } from 'react';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { useUploadActions } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';
import { createScene, fileOfSize } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

const [a, b, c] = ['a.jpg', 'b.jpg', 'c.txt'].map((name, index) => fileOfSize(name, 100 + index)) as [File, File, File];
const names = (files: readonly File[]) => files.map(({ name }) => name);

function Add({ files }: { readonly files: readonly File[] }) {
  const { addFiles } = useUploadActions();
  return (
    <button type="button" onClick={() => addFiles(files)}>
      Person adds
    </button>
  );
}

type Files = readonly File[];

interface AppProps {
  readonly uppy: Uppy;
  readonly first: Files;
  readonly keep: (files: Files) => Files;
  readonly onChange: (files: Files) => void;
  readonly expose: (set: (files: Files) => void) => void;
  readonly layout?: 'gallery';
}

function App({ uppy, first, keep, onChange, expose, layout }: AppProps) {
  const [files, setFiles] = useState(first);
  useEffect(() => expose(setFiles), [expose]);
  const onFilesChange = (next: Files) => {
    onChange(next);
    setFiles(keep(next));
  };
  return (
    <Uploader uppy={uppy} files={files} onFilesChange={onFilesChange} layout={layout}>
      <Add files={[b]} />
    </Uploader>
  );
}

async function setUp(first: Files, keep: (files: Files) => Files = (files) => files) {
  const { uppy } = createScene([], { restrictions: { allowedFileTypes: ['.jpg'] } });
  const changed = vi.fn<(files: Files) => void>();
  const exposed = vi.fn<(set: (files: Files) => void) => void>();
  await render(<App uppy={uppy} first={first} keep={keep} onChange={changed} expose={exposed} />);
  const listed = () => names(uppy.getFiles().map(({ data }) => data as File));
  return { changed, listed, set: (files: Files) => exposed.mock.lastCall?.[0](files) };
}

it('shows the files that the app holds, and lets go of those it does not hold any more', async () => {
  const { changed, listed, set } = await setUp([a]);
  await expect.poll(listed).toEqual(['a.jpg']);
  set([a, b]);
  await expect.poll(listed).toEqual(['a.jpg', 'b.jpg']);
  set([b]);
  await expect.poll(listed).toEqual(['b.jpg']);
  expect(changed).not.toHaveBeenCalled();
});

it('tells the app what the person added and removed', async () => {
  const { changed, listed } = await setUp([a]);
  await expect.poll(listed).toEqual(['a.jpg']);
  await userEvent.click(page.getByRole('button', { name: 'Person adds' }));
  await expect.poll(() => changed.mock.lastCall?.map(names)).toEqual([['a.jpg', 'b.jpg']]);
  await userEvent.click(page.getByRole('button', { name: /(Cancel|Remove).*a\.jpg/ }));
  await expect.poll(() => changed.mock.lastCall?.map(names)).toEqual([['b.jpg']]);
  expect(changed).toHaveBeenCalledTimes(2);
});

it('has the order of the app, also of a file that was taken out a moment ago, and tells the app of another order', async () => {
  const { uppy } = createScene([]);
  const changed = vi.fn<(files: Files) => void>();
  const exposed = vi.fn<(set: (files: Files) => void) => void>();
  await render(
    <App uppy={uppy} first={[a, b]} keep={(files) => files} onChange={changed} expose={exposed} layout="gallery" />,
  );
  const order = () =>
    [...document.querySelectorAll('[data-portage-item] > .portage-name')].map((name) => name.textContent);
  const inUppy = () => names(uppy.getFiles().map(({ data }) => data as File));
  const both = async (...wanted: string[]) => {
    await expect.poll(order).toEqual(wanted);
    expect(inUppy()).toEqual(wanted);
  };
  await both('a.jpg', 'b.jpg');
  await userEvent.click(page.getByRole('button', { name: /(Cancel|Remove).*a\.jpg/ }));
  await expect.poll(() => changed.mock.lastCall?.map(names)).toEqual([['b.jpg']]);
  // Undo still knows where it was.
  exposed.mock.lastCall?.[0]([b, a]);
  await both('b.jpg', 'a.jpg');
  exposed.mock.lastCall?.[0]([a, c, b]);
  await both('a.jpg', 'c.txt', 'b.jpg');
  expect(changed).toHaveBeenCalledTimes(1);
  (page.getByRole('button', { name: 'Move b.jpg with the arrow keys' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}');
  await expect.poll(() => changed.mock.lastCall?.map(names)).toEqual([['b.jpg', 'a.jpg', 'c.txt']]);
  await both('b.jpg', 'a.jpg', 'c.txt');
  expect(changed).toHaveBeenCalledTimes(2);
});

it('tells the app of a file that the limits refuse', async () => {
  const { changed, listed } = await setUp([a, c]);
  await expect.poll(() => changed.mock.lastCall?.map(names)).toEqual([['a.jpg']]);
  expect(listed()).toEqual(['a.jpg']);
});

it('takes out what the app does not keep', async () => {
  const { listed, changed } = await setUp([a], (files) => files.filter((file) => file !== b));
  await expect.poll(listed).toEqual(['a.jpg']);
  await userEvent.click(page.getByRole('button', { name: 'Person adds' }));
  await expect.poll(() => changed.mock.calls.length).toBe(1);
  await expect.poll(listed).toEqual(['a.jpg']);
});

it('tells the app of what was picked before its code was there, and drops nothing', async () => {
  const { uppy } = createScene([]);
  const changed = vi.fn<(files: Files) => void>();
  await render(
    <App
      uppy={uppy}
      first={[]}
      keep={(files) => files}
      onChange={changed}
      expose={() => {
        if (uppy.getFiles().length === 0) uppy.addFile({ name: b.name, data: b });
      }}
    />,
  );
  await expect.poll(() => changed.mock.lastCall?.map(names)).toEqual([['b.jpg']]);
  expect(names(uppy.getFiles().map(({ data }) => data as File))).toEqual(['b.jpg']);
});

it('keeps what was picked while the app set another array', async () => {
  const { uppy } = createScene([]);
  const changed = vi.fn<(files: Files) => void>();
  const exposed = vi.fn<(set: (files: Files) => void) => void>();
  await render(<App uppy={uppy} first={[a]} keep={(files) => files} onChange={changed} expose={exposed} />);
  // Its code is there, and nothing else of the page is under way.
  await expect.poll(() => uppy.getFiles().length).toBe(1);
  await expect.element(page.getByText('a.jpg', { exact: true })).toBeVisible();
  // In one task: the app has not heard of the one, and gives the other.
  await act(() => {
    uppy.addFile({ name: b.name, data: b });
    exposed.mock.lastCall?.[0]([a, c]);
  });
  await expect
    .poll(() => changed.mock.lastCall?.map((files) => names(files).sort()))
    .toEqual([['a.jpg', 'b.jpg', 'c.txt']]);
});

it('does not add a file again that is stored at the same endpoint, and does once the app let go of it', async () => {
  const page1 = createScene([], { endpoint: '/api/uploads' });
  const first = await render(<Uploader uppy={page1.uppy} files={[a]} onFilesChange={() => {}} />);
  await expect.poll(() => page1.uppy.getFiles().length).toBe(1);
  const [file] = page1.uppy.getFiles();
  page1.uppy.emit('upload-success', file, { status: 200, body: { key: 'k/a' } as never });
  await first.unmount();

  const page2 = createScene([], { endpoint: '/api/uploads' });
  const files = [a];
  const second = await render(
    <form>
      <Uploader uppy={page2.uppy} files={files} onFilesChange={() => {}}>
        <Upload.FormField name="keys" />
      </Uploader>
    </form>,
  );
  await expect.element(page.getByText('a.jpg')).toBeVisible();
  expect(page2.uppy.getFiles()).toEqual([]);
  const form = second.container.querySelector('form');
  expect(form && new FormData(form).getAll('keys')).toEqual(['k/a']);

  const elsewhere = createScene([], { endpoint: '/api/others' });
  await second.rerender(<Uploader key="elsewhere" uppy={elsewhere.uppy} files={files} onFilesChange={() => {}} />);
  await expect.poll(() => elsewhere.uppy.getFiles().length).toBe(1);

  const page3 = createScene([], { endpoint: '/api/uploads' });
  const third = (given: Files) => <Uploader key="third" uppy={page3.uppy} files={given} onFilesChange={() => {}} />;
  await second.rerender(third(files));
  await expect.element(page.getByText('a.jpg')).toBeVisible();
  await second.rerender(third([]));
  await second.rerender(third([a]));
  await expect.poll(() => page3.uppy.getFiles().length).toBe(1);
});
