import type { Uploads } from '@portage/server';
import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { createUploader } from '../create-uploader.tsx';
import { Uploader } from './uploader.tsx';

it('takes over what a server rendered, without a word to the console', async () => {
  const error = vi.spyOn(console, 'error');
  const app = (
    <StrictMode>
      <Uploader endpoint="/api/uploads" />
    </StrictMode>
  );
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderToString(app);
  const root = hydrateRoot(container, app, { onRecoverableError: (problem) => console.error(problem) });
  // The input listens only once React has taken over.
  const input = container.querySelector<HTMLInputElement>('input[type=file]');
  const clicked = vi.fn((event: Event) => event.preventDefault());
  input?.addEventListener('click', clicked);
  await expect
    .poll(() => {
      container.querySelector('button')?.click();
      return clicked.mock.calls.length;
    })
    .toBeGreaterThan(0);
  expect(error).not.toHaveBeenCalled();
  root.unmount();
  container.remove();
});

it('takes it over, too, where an earlier page of the app has loaded the late code', async () => {
  const error = vi.spyOn(console, 'error');
  const app = <Uploader endpoint="/api/uploads" />;
  const html = renderToString(app);
  const fresh = () => document.body.appendChild(document.createElement('div'));
  const [first, second] = [fresh(), fresh()];
  const earlier = createRoot(first);
  earlier.render(app);
  // What waits for its code shows that it came.
  await expect.poll(() => first.querySelector('.portage-overview')).not.toBeNull();
  second.innerHTML = html;
  const root = hydrateRoot(second, app, { onRecoverableError: (problem) => console.error(problem) });
  await expect.poll(() => second.querySelector('.portage-overview')).not.toBeNull();
  expect(error).not.toHaveBeenCalled();
  for (const each of [earlier, root]) each.unmount();
  for (const each of [first, second]) each.remove();
});

it('takes it over, too, where an earlier page of the app has asked the server what it takes', async () => {
  const error = vi.spyOn(console, 'error');
  vi.spyOn(window, 'fetch').mockImplementation(async () =>
    Response.json({ accept: ['.pdf'], minSize: 0, maxSize: 5000, maxFiles: 1, hint: '' }),
  );
  const { Uploader } = createUploader<Uploads<{ files: undefined }>>({ endpoint: '/api/uploads' });
  const app = <Uploader route="files" />;
  const html = renderToString(app);
  const fresh = () => document.body.appendChild(document.createElement('div'));
  const [first, second] = [fresh(), fresh()];
  const inputIn = (page: Element) => page.querySelector<HTMLInputElement>('input[type=file]');
  const earlier = createRoot(first);
  earlier.render(app);
  await expect.poll(() => inputIn(first)?.accept).toBe('.pdf');
  second.innerHTML = html;
  const root = hydrateRoot(second, app, { onRecoverableError: (problem) => console.error(problem) });
  await expect.poll(() => inputIn(second)?.accept).toBe('.pdf');
  expect(error).not.toHaveBeenCalled();
  for (const each of [earlier, root]) each.unmount();
  for (const each of [first, second]) each.remove();
});
