import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render, renderHook } from 'vitest-browser-react';
import { UploadRoot } from '../components/upload-root.tsx';
import { useUpload } from '../hooks/use-upload.ts';
import { findUploads } from '../state/find-plugin.ts';
import { queueOf } from '../state/upload-queue.ts';
import { createScene, type SceneFile, snapshotOf } from '../stories/scripted-uploads.ts';
import { UploadCanceledError, uploadKeys, useProcessingStatus, useStoredFiles, useUploadMutation } from './index.ts';

function setUp(files: readonly SceneFile[] = []) {
  const scene = createScene(files);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <UploadRoot uppy={scene.uppy}>{children}</UploadRoot>
    </QueryClientProvider>
  );
  return { ...scene, client, wrapper };
}

it('resolves a mutation with what the server answered, once all files are stored', async () => {
  const { uppy, wrapper } = setUp();
  const { result, act } = await renderHook(() => useUploadMutation(), { wrapper });
  const done = vi.fn();
  await act(() => result.current.mutate([new File(['a'], 'a.txt'), new File(['b'], 'b.txt')], { onSuccess: done }));
  const [a, b] = uppy.getFiles();
  await act(() => uppy.emit('upload-success', b, { status: 200, body: { key: 'k/b' } as never }));
  expect(result.current.isPending).toBe(true);
  await act(() => uppy.emit('upload-success', a, { status: 200, body: { key: 'k/a' } as never }));
  await vi.waitFor(() => expect(result.current.isSuccess).toBe(true));
  expect(result.current.data?.map(({ name, body }) => [name, body['key']])).toEqual([
    ['a.txt', 'k/a'],
    ['b.txt', 'k/b'],
  ]);
});

it('fails a mutation with the failure of a file', async () => {
  const { uppy, wrapper } = setUp();
  const { result, act } = await renderHook(() => useUploadMutation(), { wrapper });
  await act(() => result.current.mutate([new File(['a'], 'a.txt')]));
  const [a] = uppy.getFiles();
  const error = Object.assign(new Error('No room.'), { name: 'QuotaError' });
  await act(() => uppy.emit('upload-error', a, error));
  await vi.waitFor(() => expect(result.current.error?.message).toBe('No room.'));
});

it('fails a mutation with a sentence when a file is against the limits', async () => {
  const { uppy, wrapper } = setUp();
  uppy.setOptions({ restrictions: { allowedFileTypes: ['.jpg'] } });
  const { result, act } = await renderHook(() => useUploadMutation(), { wrapper });
  await act(() => result.current.mutate([new File(['a'], 'a.txt')]));
  await vi.waitFor(() => expect(result.current.error?.message).toContain('Files like a.txt cannot be uploaded here'));
});

interface Stored {
  readonly key: string;
  readonly name: string;
}

function Rows({ queryFn }: { readonly queryFn: () => Promise<readonly Stored[]> }) {
  const { rows } = useStoredFiles<Stored>({ queryFn, keyOf });
  return <p>{rows.map((row) => (row.state === 'stored' ? row.file.name : `(${row.info.name})`)).join(' ')}</p>;
}

it('shows uploads as rows until the server lists them, and fetches when one is stored', async () => {
  const { uppy, uploads, wrapper } = setUp([{ name: 'new.jpg', status: 'uploading' }]);
  const stored: Stored[] = [{ key: 'k/old', name: 'old.jpg' }];
  const queryFn = vi.fn(async () => [...stored]);
  await render(<Rows queryFn={queryFn} />, { wrapper });
  await expect.element(page.getByText('(new.jpg) old.jpg')).toBeVisible();

  const [file] = uppy.getFiles();
  if (!file) throw new Error('Uppy has no file.');
  uploads.put(file.id, snapshotOf({ name: 'new.jpg' }, 'complete'));
  stored.unshift({ key: 'k/new', name: 'new.jpg' });
  uppy.emit('upload-success', file, { status: 200, body: { key: 'k/new' } as never });
  await expect.element(page.getByText('new.jpg old.jpg', { exact: true })).toBeVisible();
  expect(queryFn).toHaveBeenCalledTimes(2);
});
const keyOf = ({ key }: Stored): string => key;

it('asks for the processing until it is done, and then no more', async () => {
  const { wrapper, client } = setUp();
  const answers = ['running', 'running', 'done', 'asked too often'];
  const queryFn = vi.fn(async () => answers.shift() ?? '');
  const options = { queryFn, isDone: (answer: string) => answer === 'done', interval: 20 };
  const { result } = await renderHook(() => useProcessingStatus('k', options), { wrapper });
  await vi.waitFor(() => expect(result.current.data).toBe('done'));
  expect(queryFn).toHaveBeenCalledTimes(3);
  // What TanStack Query goes by when it sets its next timer.
  const query = client.getQueryCache().find({ queryKey: [...uploadKeys.processing, 'k'] });
  const interval = query?.observers[0]?.options.refetchInterval;
  expect(query && typeof interval === 'function' && interval(query)).toBe(false);
});

const manyFiles = (count: number) => Array.from({ length: count }, (_, index) => new File(['x'], `${index}.txt`));

it('settles a mutation whose files are removed, those too that wait for their turn', async () => {
  const { uppy, wrapper } = setUp();
  const hooks = () => ({ mutation: useUploadMutation(), upload: useUpload() });
  const { result, act } = await renderHook(hooks, { wrapper });
  await act(() => result.current.mutation.mutate(manyFiles(130)));
  await vi.waitFor(() => expect(result.current.upload.fileIds).toHaveLength(130));
  const [first, ...inside] = uppy.getFiles();
  for (const file of inside) uppy.removeFile(file.id);
  await act(() => uppy.emit('upload-success', first, { status: 200, body: { key: 'k' } as never }));
  expect(result.current.mutation.isPending).toBe(true);
  // Now only those are left that wait.
  const { fileIds } = result.current.upload;
  const queue = queueOf(uppy, findUploads(uppy));
  await act(() => queue.remove(fileIds.filter((id) => queue.outside.get(id)?.at === 'waiting')));
  for (const file of uppy.getFiles()) if (file.id !== first?.id) uppy.removeFile(file.id);
  await vi.waitFor(() => expect(result.current.mutation.isSuccess).toBe(true));
  expect(result.current.mutation.data?.map(({ name }) => name)).toEqual(['0.txt']);
});

it('fails a mutation all of whose files were canceled', async () => {
  const { uppy, wrapper } = setUp();
  const { result, act } = await renderHook(() => useUploadMutation(), { wrapper });
  await act(() => result.current.mutate(manyFiles(130)));
  await act(() => uppy.cancelAll());
  await vi.waitFor(() => expect(result.current.isError).toBe(true));
  expect(result.current.error).toBeInstanceOf(UploadCanceledError);
});

it('fetches once for many files that are stored together, and once more at the end', async () => {
  const { uppy, uploads, wrapper } = setUp(
    Array.from({ length: 90 }, (_, n) => ({ name: `${n}`, status: 'uploading' })),
  );
  const stored: Stored[] = [];
  let aborted = 0;
  let answer: () => void = () => {};
  const queryFn = vi.fn(async ({ signal }: { signal: AbortSignal }) => {
    signal.addEventListener('abort', () => {
      aborted += 1;
    });
    const rows = [...stored];
    if (rows.length > 0) await new Promise<void>((resolve) => (answer = resolve));
    return rows;
  });
  await render(<Rows queryFn={queryFn as never} />, { wrapper });
  await vi.waitFor(() => expect(queryFn).toHaveBeenCalledTimes(1));
  const files = uppy.getFiles();
  const store = (file: (typeof files)[number]) => {
    stored.push({ key: file.id, name: `stored ${file.name}` });
    uploads.put(file.id, snapshotOf({ name: file.name }, 'complete'));
    uppy.emit('upload-success', file, { status: 200, body: { key: file.id } as never });
  };
  for (const file of files.slice(0, 60)) store(file);
  await vi.waitFor(() => expect(queryFn).toHaveBeenCalledTimes(2));
  // While that fetch is under way.
  for (const file of files.slice(60)) store(file);
  answer();
  await vi.waitFor(() => expect(queryFn).toHaveBeenCalledTimes(3));
  answer();
  await expect
    .element(page.getByText(files.map(({ name }) => `stored ${name}`).join(' '), { exact: true }))
    .toBeVisible();
  expect([queryFn.mock.calls.length, aborted]).toEqual([3, 0]);
});
