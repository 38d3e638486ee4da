import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { arabic } from '../locales/ar.ts';
import { german } from '../locales/de.ts';
import { french } from '../locales/fr.ts';
import { portuguese } from '../locales/pt.ts';
import { createScene, type SceneFile, snapshotOf } from '../stories/scripted-uploads.ts';
import { english } from '../text/english.ts';
import type { Layout } from './files-panel.tsx';
import { Uploader, type UploaderProps } from './uploader.tsx';
import '../style.css';

const FILES: readonly SceneFile[] = [1, 2, 3, 4].map((day) => ({
  name: `Harbour, day ${day}.mov`,
  size: 734_000_000,
  status: 'uploading',
  percent: 20 * day,
}));

async function setUp(width: number, props: Pick<UploaderProps, 'layout' | 'strings'>) {
  await page.viewport(width, 900);
  const { uppy, uploads, ids } = createScene(FILES);
  const shown = await render(
    <div dir={props.strings === arabic ? 'rtl' : 'ltr'}>
      <Uploader uppy={uppy} {...props} />
    </div>,
  );
  const rows = () => [...shown.container.querySelectorAll<HTMLElement>('[data-portage-item]')];
  await vi.waitFor(() => expect(rows()).toHaveLength(FILES.length));
  await vi.dynamicImportSettled();
  const put = async (index: number, status: NonNullable<SceneFile['status']>) => {
    uploads.put(
      ids[index] ?? '',
      snapshotOf({ ...FILES[index], name: '', ...(status === 'complete' && { percent: 100 }) }, status),
    );
    await vi.waitFor(() => expect(rows()[index]?.dataset['status']).toBe(status));
  };
  return { rows, put, container: shown.container };
}

const heightOf = (element: Element | null | undefined): number => element?.getBoundingClientRect().height ?? 0;

describe.each([360, 1000])('at %i px', (width) => {
  it.each(['list', 'compact', 'table', 'gallery', 'composer', 'tray'] satisfies Layout[])(
    'keeps the height of a row of %s from its first byte to the last, and after it',
    async (layout) => {
      const { rows, put } = await setUp(width, { layout });
      const seen = new Map<string, number>();
      for (const status of [
        'uploading',
        'paused',
        'resuming',
        'uploading',
        'verifying',
        'complete',
        'canceled',
      ] as const) {
        await put(1, status);
        seen.set(status, heightOf(rows()[1]));
      }
      expect(seen.get('uploading')).toBeGreaterThan(20);
      expect(Object.fromEntries(seen)).toEqual(
        Object.fromEntries([...seen.keys()].map((status) => [status, seen.get('uploading')])),
      );
    },
  );

  it.each(Object.entries({ english, german, french, portuguese, arabic }))(
    'keeps the summary and its buttons where they are when there is something to clear, in %s',
    async (_, strings) => {
      const { put, container } = await setUp(width, { strings });
      const seen: Array<{ readonly height: number; readonly pause: number | undefined }> = [];
      const look = () => {
        const pause = [...container.querySelectorAll('button')].find((each) => each.textContent === strings.pauseAll);
        const { left } = pause?.getBoundingClientRect() ?? {};
        seen.push({ height: heightOf(container.querySelector('.portage-overview')), pause: left });
      };
      look();
      await put(0, 'complete');
      look();
      expect(seen[0]?.height).toBeGreaterThan(30);
      expect(seen[0]?.pause).toBeDefined();
      expect(seen[1]).toEqual(seen[0]);
      // Nothing can be paused any more.
      for (const index of [1, 2, 3]) await put(index, 'verifying');
      look();
      for (const index of [1, 2, 3]) await put(index, 'complete');
      look();
      expect(seen.map(({ height }) => height)).toEqual(seen.map(() => seen[0]?.height));
    },
  );
});

it('keeps the line of the buttons while there are none', async () => {
  const { put, container } = await setUp(360, {});
  const overview = () => container.querySelector('.portage-overview');
  const before = heightOf(overview());
  for (const index of FILES.keys()) await put(index, 'verifying');
  await vi.waitFor(() => expect(overview()?.querySelectorAll('button')).toHaveLength(0));
  expect(heightOf(overview())).toBe(before);
});
