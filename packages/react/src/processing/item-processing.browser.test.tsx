import type { Uppy } from '@uppy/core';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Uploader } from '../components/uploader.tsx';
import { arabic } from '../locales/ar.ts';
import { createScene } from '../stories/scripted-uploads.ts';
import type { Strings } from '../text/strings.ts';
import type { RowStatus } from './watch-status.ts';

afterEach(() => vi.restoreAllMocks());

/** A server that tells of each file, by its token, what it is set to. */
function server() {
  const statuses = new Map<string, RowStatus>();
  const asked: string[] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (url) => {
    asked.push(String(url));
    const token = new URL(String(url), location.href).searchParams.get('token') ?? '';
    const status = statuses.get(token);
    return status ? Response.json(status) : new Response('', { status: 503 });
  });
  return { statuses, asked };
}

let files = 0;

/** The page, with files that are stored; a token of each. */
async function open(names: readonly string[], strings?: Strings) {
  const scene = createScene(
    names.map((name) => ({ name, status: 'complete' })),
    { endpoint: '/api/uploads' },
  );
  const uppy: Uppy = scene.uppy;
  const page = await render(<Uploader uppy={uppy} strings={strings} />);
  const tokens = scene.ids.map((id) => {
    files += 1;
    const body = { processing: `token ${files}` };
    uppy.emit('upload-success', uppy.getFile(id), { status: 200, body: body as never });
    return body.processing;
  });
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  return { ...page, uppy, tokens, row };
}

const running = (done: number): RowStatus => ({ state: 'running', done, total: 4 });

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

it('says how far the processing of a stored file is, then shows its picture, and announces start and end alone', async () => {
  const { statuses, asked } = server();
  const { uppy, tokens, row, container } = await open(['photo.jpg']);
  const [token = ''] = tokens;
  const said: string[] = [];
  const region = container.querySelector('[role="status"]') as HTMLElement;
  new MutationObserver(() => said.push(region.textContent)).observe(region, {
    ...{ childList: true, characterData: true, subtree: true },
  });
  statuses.set(token, running(2));
  await expect.element(row('photo.jpg')).toHaveTextContent('Processing… 2 of 4');
  statuses.set(token, running(3));
  await expect.element(row('photo.jpg')).toHaveTextContent('Processing… 3 of 4');
  const files = [
    { url: 'https://cdn.example/1280.webp', type: 'image/webp', width: 1280 },
    { url: PNG, type: 'image/png', width: 320 },
  ];
  const shown: (string | undefined)[] = [];
  uppy.on('state-update', (_before, { files: now }) => shown.push(Object.values(now)[0]?.preview));
  const result = { placeholder: 'H/gBBYCDHQuWOmg3p8GmrYCsRoYI' };
  statuses.set(token, { state: 'done', done: 4, total: 4, steps: { image: { state: 'done', files, result } } });
  await expect.element(row('photo.jpg')).toHaveTextContent('Uploaded');
  await expect.element(row('photo.jpg')).not.toHaveTextContent('Processing');
  const picture = () => container.querySelector<HTMLImageElement>('.portage-preview-image')?.src;
  await vi.waitFor(() => expect(picture()).toBe(PNG));
  // Blurred first.
  expect(shown).toEqual([expect.stringMatching(/^data:image/), PNG]);
  expect(shown[0]).not.toBe(PNG);
  await vi.waitFor(() => expect(said).toContain('photo.jpg is processed.'), { timeout: 5_000 });
  expect(said.filter((text) => text.includes('Processing'))).toEqual(['Processing photo.jpg.']);
  expect(asked[0]).toBe(`/api/uploads/files/status?token=${encodeURIComponent(token)}`);
});

it('says in words of the language why nothing could be made of a file', async () => {
  const { statuses } = server();
  const { tokens, row } = await open(['locked.pdf', 'odd.xyz', 'gone.jpg'], arabic);
  const [locked = '', odd = '', gone = ''] = tokens;
  const failed = { state: 'failed', code: 'locked', message: 'This file …' };
  statuses.set(locked, { state: 'done', done: 2, total: 2, steps: { pdf: failed } });
  statuses.set(odd, { state: 'done', done: 1, total: 1, steps: { own: { state: 'failed', message: 'Ours.' } } });
  statuses.set(gone, { state: 'failed', done: 0, total: 1 });
  await expect.element(row('locked.pdf')).toHaveTextContent('بكلمة مرور');
  await expect.element(row('odd.xyz')).toHaveTextContent('Ours.');
  await expect.element(row('gone.jpg')).toHaveTextContent('تعذّرت معالجته');
});

it('asks nothing of a file without a pipeline, and says that it is uploaded', async () => {
  const { asked } = server();
  const { uppy } = createScene([{ name: 'a.txt', status: 'complete' }], { endpoint: '/api/uploads' });
  const page = await render(<Uploader uppy={uppy} />);
  await expect.element(page.getByRole('listitem')).toHaveTextContent('Uploaded');
  expect(asked).toEqual([]);
});
