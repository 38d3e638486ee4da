import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Meta } from '@uppy/core/utils';
import { createElement, lazy, Suspense } from 'react';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import * as Upload from '../parts.ts';
import { createScene } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

it('renders on a server, without a word to the console and without a timer that keeps it alive', () => {
  vi.useFakeTimers();
  const error = vi.spyOn(console, 'error');
  const html = renderToString(createElement(Uploader, { endpoint: '/api/uploads' }));
  expect(html).toContain('Choose files');
  expect(error).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('renders files and their states on a server, and their names where the whole rows come later', () => {
  const { uppy } = createScene([{ name: 'a.jpg', status: 'uploading', percent: 42 }]);
  const rows = { children: (id: string) => createElement(Upload.Item, { id }, createElement(Upload.ItemProgress)) };
  const list = createElement(Upload.List, rows);
  const { Root } = Upload;
  expect(renderToString(createElement(Root<Meta, Record<string, never>>, { uppy }, list))).toContain(
    'aria-valuenow="42"',
  );
  expect(renderToString(createElement(Uploader<Meta, Record<string, never>>, { uppy }))).toContain('>a.jpg<');
});

it('is streamed too, behind a boundary that waits', async () => {
  let arrive: (module: { default: typeof Uploader }) => void = () => {};
  const Late = lazy(
    () =>
      new Promise<{ default: typeof Uploader }>((resolve) => {
        arrive = resolve;
      }),
  );
  const page = createElement(
    'main',
    null,
    createElement(Suspense, { fallback: 'Wait' }, createElement(Late, { endpoint: '/api/uploads' })),
  );
  const sent: string[] = [];
  const response = new PassThrough({ encoding: 'utf8' }).on('data', (piece: string) => sent.push(piece));
  const { pipe } = renderToPipeableStream(page, { onShellReady: () => pipe(response) });
  await expect.poll(() => sent.join('')).toContain('Wait');
  expect(sent.join('')).not.toContain('Choose files');
  arrive({ default: Uploader });
  await once(response, 'end');
  expect(sent.join('')).toContain('Choose files');
});
