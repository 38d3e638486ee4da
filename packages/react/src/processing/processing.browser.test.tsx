import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { render, renderHook } from 'vitest-browser-react';
import { UploadRoot } from '../components/upload-root.tsx';
import { createScene } from '../stories/scripted-uploads.ts';
import { type ProcessingProgress, UploadedImage, useProcessing, useProcessingToken } from './index.ts';

afterEach(() => vi.restoreAllMocks());

const wrapper = ({ children }: { readonly children: ReactNode }) => (
  <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
    {children}
  </QueryClientProvider>
);

/** A server that has events or not; `tell` says how far the file is. */
function server({ hasEvents }: { readonly hasEvents: boolean }) {
  let status: ProcessingProgress = { state: 'queued', done: 0, total: 4 };
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const send = (to: ReadableStreamDefaultController<Uint8Array>) =>
    to.enqueue(new TextEncoder().encode(`:\n\ndata: ${JSON.stringify(status)}\n\n`));
  const asked: string[] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    const accept = new Headers(init?.headers).get('accept') ?? '';
    asked.push(`${String(url)} ${accept}`);
    if (accept !== 'text/event-stream' || !hasEvents) return Response.json(status);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        streams.push(controller);
        send(controller);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  return {
    asked,
    streams,
    tell(now: ProcessingProgress) {
      status = now;
      for (const stream of streams) send(stream);
    },
  };
}

it('follows a file by events, and asks no more once it is over', async () => {
  const { tell, asked, streams } = server({ hasEvents: true });
  const { result } = await renderHook(() => useProcessing('a token', { route: 'photos', interval: 100_000 }), {
    wrapper,
  });
  await vi.waitFor(() => expect(streams).toHaveLength(1));
  tell({ state: 'running', done: 2, total: 4 });
  await vi.waitFor(() => expect(result.current.data).toMatchObject({ state: 'running', done: 2 }));
  tell({ state: 'done', done: 4, total: 4 });
  await vi.waitFor(() => expect(result.current.data).toMatchObject({ state: 'done' }));
  expect(asked).toEqual([
    '/api/uploads/photos/status?token=a%20token application/json',
    '/api/uploads/photos/status?token=a%20token text/event-stream',
  ]);
});

it('asks again and again where there are no events', async () => {
  const { tell } = server({ hasEvents: false });
  const { result } = await renderHook(() => useProcessing('a token', { interval: 20 }), { wrapper });
  await vi.waitFor(() => expect(result.current.data).toMatchObject({ state: 'queued' }));
  tell({ state: 'done', done: 4, total: 4 });
  await vi.waitFor(() => expect(result.current.data).toMatchObject({ state: 'done' }));
});

it('tells the words of a server that refuses, and asks nothing without a token', async () => {
  const error = { code: 'invalid-token', message: 'This upload was not started here.', hint: '' };
  const asked = vi.spyOn(window, 'fetch').mockImplementation(async () => Response.json({ error }, { status: 403 }));
  const none = await renderHook(() => useProcessing(undefined), { wrapper });
  expect(none.result.current.fetchStatus).toBe('idle');
  expect(asked).not.toHaveBeenCalled();
  const { result } = await renderHook(() => useProcessing('x'), { wrapper });
  await vi.waitFor(() => expect(result.current.error?.message).toBe('This upload was not started here.'));
});

it('finds the token of a file when it is stored', async () => {
  const { uppy } = createScene([]);
  const id = uppy.addFile({ name: 'a.jpg', data: new File(['a'], 'a.jpg') });
  const { result, act } = await renderHook(() => useProcessingToken(id), {
    wrapper: ({ children }) => <UploadRoot uppy={uppy}>{children}</UploadRoot>,
  });
  expect(result.current).toBeUndefined();
  await act(() => uppy.emit('upload-success', uppy.getFile(id), { status: 200, body: { processing: 't' } as never }));
  expect(result.current).toBe('t');
});

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

it('shows a picture by its variants, with its colours until it is there', async () => {
  const files = [
    { url: PNG, type: 'image/jpeg', width: 640, height: 480 },
    { url: PNG, type: 'image/jpeg', width: 320, height: 240 },
    { url: 'https://cdn.example/320.avif', type: 'image/avif', width: 320, height: 240 },
  ];
  const loaded = vi.fn();
  const props = { alt: 'The harbour', sizes: '50vw', onLoad: loaded };
  const { container, rerender } = await render(
    <UploadedImage files={[]} placeholder="H/gBBYCDHQuWOmg3p8GmrYCsRoYI" {...props} />,
  );
  const img = () => container.querySelector('img');
  expect(img()?.style.background).toContain('data:image/png');
  await rerender(<UploadedImage files={files.slice(0, 2)} placeholder="H/gBBYCDHQuWOmg3p8GmrYCsRoYI" {...props} />);
  expect([img()?.width, img()?.alt, img()?.srcset]).toEqual([640, 'The harbour', `${PNG} 320w, ${PNG} 640w`]);
  await vi.waitFor(() => expect(loaded).toHaveBeenCalled());
  expect(img()?.style.background).toBe('');
  await rerender(<UploadedImage files={files} {...props} />);
  const source = container.querySelector('source');
  expect([source?.type, source?.srcset]).toEqual(['image/avif', 'https://cdn.example/320.avif 320w']);
});
