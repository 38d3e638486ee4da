import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
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
