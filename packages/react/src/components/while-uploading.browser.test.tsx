import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { createScene, snapshotOf } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

afterEach(() => vi.restoreAllMocks());

const leaves = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

async function setUp(props: { askBeforeLeaving?: boolean } = {}) {
  const scene = createScene([{ name: 'a.mov', status: 'uploading' }]);
  await render(<Uploader uppy={scene.uppy} {...props} />);
  return scene;
}

it('asks before the page is left, while files are on their way', async () => {
  const { uploads, ids } = await setUp();
  expect(leaves()).toBe(false);
  uploads.put(ids[0] ?? '', snapshotOf({ name: 'a.mov' }, 'complete'));
  await expect.poll(leaves).toBe(true);
});

it('does not ask where the app does not want it', async () => {
  await setUp({ askBeforeLeaving: false });
  expect(leaves()).toBe(true);
});

it('keeps a phone awake as long as files are on their way', async () => {
  const release = vi.fn(async () => {});
  const request = vi.fn(async () => ({ release }) as unknown as WakeLockSentinel);
  vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList);
  vi.spyOn(navigator, 'wakeLock', 'get').mockReturnValue({ request } as unknown as WakeLock);
  const { uploads, ids } = await setUp();
  await expect.poll(() => request.mock.calls).toEqual([['screen']]);
  uploads.put(ids[0] ?? '', snapshotOf({ name: 'a.mov' }, 'complete'));
  await expect.poll(() => release.mock.calls.length).toBe(1);
});
