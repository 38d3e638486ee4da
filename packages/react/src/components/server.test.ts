import type { Meta } from '@uppy/core/utils';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
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

it('renders files and their states on a server', () => {
  const { uppy } = createScene([{ name: 'a.jpg', status: 'uploading', percent: 42 }]);
  expect(renderToString(createElement(Uploader<Meta, Record<string, never>>, { uppy }))).toContain(
    'aria-valuenow="42"',
  );
});
