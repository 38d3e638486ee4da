import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { EVERY_STATE } from '../stories/scenes.ts';
import { createScene, fileOfSize, type SceneFile, snapshotOf } from '../stories/scripted-uploads.ts';
import type { Layout } from './files-panel.tsx';
import { Uploader } from './uploader.tsx';
import '../style.css';

async function setUp(files: readonly SceneFile[], layout?: Layout) {
  await page.viewport(720, 900);
  const scene = createScene(files);
  await render(<Uploader uppy={scene.uppy} layout={layout} />);
  const rows = () => [...document.querySelectorAll<HTMLElement>('[data-portage-item]')];
  await vi.waitFor(() => expect(rows()).toHaveLength(files.length));
  await vi.dynamicImportSettled();
  return { ...scene, rows };
}

const boxOf = (element: Element | null | undefined): DOMRect => {
  if (!element) throw new Error('It is not there.');
  return element.getBoundingClientRect();
};
const row = (status: string) => document.querySelector(`[data-portage-item][data-status="${status}"]`);
const colourOf = (status: string) =>
  getComputedStyle(row(status)?.querySelector('.portage-progress-bar') as Element).backgroundColor;

it.each(['list', 'compact', 'table', 'gallery'] as const)('shrinks the zone to a strip above a %s', async (layout) => {
  const { uppy, rows } = await setUp([], layout);
  const height = () => boxOf(document.querySelector('.portage-dropzone')).height;
  expect(height()).toBeGreaterThan(150);
  uppy.addFile({ name: 'a.pdf', data: fileOfSize('a.pdf', 1_000) });
  await vi.waitFor(() => expect(rows()).toHaveLength(1));
  await vi.waitFor(() => expect(height()).toBeLessThan(80));
});

it('keeps each button where it is, whatever a row can do: two columns, the second is the cross', async () => {
  const { uppy, uploads, rows } = await setUp(EVERY_STATE);
  const crosses = () =>
    rows().map((each) => Math.round(boxOf(each.querySelector('.portage-item-buttons > :last-child')).left));
  const bodies = () => rows().map((each) => Math.round(boxOf(each.querySelector('.portage-item-body')).right));
  expect(rows().map((each) => each.querySelectorAll('.portage-item-buttons button').length)).toEqual(
    expect.arrayContaining([1, 2]),
  );
  expect(new Set(crosses()).size).toBe(1);
  expect(new Set(bodies()).size).toBe(1);
  const [cross] = crosses();
  const [file] = uppy.getFiles();
  uploads.put(file?.id ?? '', snapshotOf({ name: 'Harbour at dawn.mov' }, 'verifying'));
  await vi.waitFor(() => expect(rows()[0]?.querySelectorAll('.portage-item-buttons button')).toHaveLength(1));
  expect(crosses()[0]).toBe(cross);
});

it('fills a bar that waits in amber, and keeps the bar of what failed, as far as it came', async () => {
  await setUp(EVERY_STATE);
  const [amber] = [colourOf('retrying')];
  const [red = 0, green = 0, blue = 0] = amber.match(/\d+/g)?.map(Number) ?? [];
  expect(red).toBeGreaterThan(green);
  expect(green).toBeGreaterThan(blue + 60);
  expect(colourOf('offline')).toBe(amber);
  expect([colourOf('uploading'), colourOf('failed'), colourOf('paused')]).not.toContain(amber);
  const failed = row('failed')?.querySelector('.portage-progress');
  expect(boxOf(failed).height).toBeGreaterThan(3);
  const share = boxOf(failed?.querySelector('.portage-progress-bar')).width / boxOf(failed).width;
  expect(share).toBeCloseTo(0.12, 2);
});

it('lets rows come, and tiles go to their new place, within 160 ms', async () => {
  const { uppy, rows } = await setUp([{ name: 'a.pdf' }, { name: 'b.pdf' }], 'gallery');
  const timesOf = (element: Element | undefined) =>
    element?.getAnimations().map(({ effect }) => effect?.getTiming().duration) ?? [];
  uppy.addFile({ name: 'c.pdf', data: fileOfSize('c.pdf', 1_000) });
  await vi.waitFor(() => expect(timesOf(rows()[2])).toContain(160));
  const [first] = rows();
  const move = page.getByRole('button', { name: 'Move a.pdf with the arrow keys' });
  await vi.waitFor(() => expect(document.getAnimations()).toEqual([]));
  (move.element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(timesOf(first)).toContain(160));
  expect(rows()[2]).toBe(first);
});

it('lays no ring over a picture that waits, and tells its progress all the same', async () => {
  await setUp(
    [
      { name: 'a.pdf', status: 'queued' },
      { name: 'b.pdf', status: 'uploading', percent: 40 },
    ],
    'gallery',
  );
  const rings = [...document.querySelectorAll('.portage-ring')];
  expect(rings.map((ring) => getComputedStyle(ring).opacity)).toEqual(['0', '1']);
  expect(rings.map((ring) => ring.role ?? ring.getAttribute('role'))).toEqual(['progressbar', 'progressbar']);
});
