import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render, renderHook } from 'vitest-browser-react';
import { UploadRoot } from '../components/upload-root.tsx';
import { createScene, type SceneFile, snapshotOf } from '../stories/scripted-uploads.ts';
import { uploadKeys, useProcessingStatus, useStoredFiles, useUploadMutation } from './index.ts';

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
  await vi.waitFor(() => expect(result.current.error?.message).toContain('a.txt is not of a type'));
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
