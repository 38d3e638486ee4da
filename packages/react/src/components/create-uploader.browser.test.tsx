import type { Uploads } from '@portage/server';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createUploader } from '../create-uploader.tsx';

afterEach(() => vi.restoreAllMocks());

type Server = Uploads<{ photos: { id: number }; notes: undefined }>;
const LIMITS = { accept: ['image/*', '.pdf'], minSize: 0, maxSize: 5000, maxFiles: 1, hint: 'Pictures.' };

/** What the server says of its routes, call by call. */
function serve(...responses: (() => Response)[]) {
  const asked: [string, RequestInit | undefined][] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    asked.push([String(input), init]);
    return (responses.shift() ?? (() => Response.json(LIMITS)))();
  });
  return asked;
}

const Text = ({ read }: { read: () => string }) => <p>{read()}</p>;

const input = () => document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;

it('takes what its route takes, asked once for all that show it', async () => {
  const asked = serve();
  const { Uploader, UploadProvider, useLimits } = createUploader<Server>({
    endpoint: 'https://uploads.test/api/',
    headers: async () => ({ Authorization: 'Bearer a' }),
    credentials: 'include',
  });
  const words = () => useLimits('photos')?.hint ?? 'not known';
  await render(
    <>
      <Text read={words} />
      <Uploader route="photos" />
      <UploadProvider route="photos">
        <b>mine</b>
      </UploadProvider>
    </>,
  );
  await expect.element(page.getByText('Pictures.')).toBeVisible();
  await expect.poll(() => input().accept).toBe('image/*,.pdf');
  expect(input().multiple).toBe(false);
  await userEvent.upload(input(), new File(['x'.repeat(5001)], 'a.pdf', { type: 'application/pdf' }));
  await expect.element(page.getByRole('alert').first()).toHaveTextContent('a.pdf');
  const calls = asked.filter(([url]) => url === 'https://uploads.test/api/photos');
  expect(calls).toHaveLength(1);
  expect(calls[0]?.[1]).toMatchObject({ headers: { Authorization: 'Bearer a' }, credentials: 'include' });
});

it('asks again where there was no response', async () => {
  const asked = serve(() => {
    throw new TypeError('Failed to fetch');
  });
  const { Uploader } = createUploader<Server>({ endpoint: '/api/uploads' });
  await render(<Uploader route="notes" />);
  expect(input().accept).toBe('');
  await expect.poll(() => input().accept, { timeout: 15_000 }).toBe('image/*,.pdf');
  expect(asked.length).toBeGreaterThan(1);
});

it('goes on without limits where the server does not say them, and tells developers', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  serve(() => new Response(JSON.stringify({ error: { code: 'not-found' } }), { status: 404 }));
  const { Uploader } = createUploader<Server>({ endpoint: '/api/uploads' });
  await render(<Uploader route="notes" />);
  await expect.poll(() => warned.mock.calls.flat().join()).toContain('does not say what its route "notes" takes');
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toBeEnabled();
});

it('has the layouts of the plain uploader: a tray is beside the app, not around it', async () => {
  serve();
  const { Uploader } = createUploader<Server>({ endpoint: '/api/uploads' });
  await render(
    <Uploader route="photos" layout="tray" dropArea="window">
      <main>The app</main>
    </Uploader>,
  );
  await expect.element(page.getByRole('main')).toBeVisible();
  expect(document.querySelector('main')?.closest('.portage-uploader')).toBeNull();
  expect(document.querySelector('.portage-uploader')).toHaveAttribute('data-layout', 'tray');
});
