import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createChildren } from './children.ts';

const children = createChildren();
afterAll(() => children.close());

const module = new URL('../../test/harmful-work.mjs', import.meta.url).href;
const file = { key: 'k', etag: '"e"', size: 1, type: '', name: 'k' };
const run = (does: string, bounds: { seconds?: number; memory?: number; signal?: AbortSignal } = {}) =>
  children.run({ module, file, path: '/p', folder: '/f', options: { does } }, { seconds: 60, memory: 1024, ...bounds });

/** One that has ended and that nobody has asked for is no more, either. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a child process', { timeout: 60_000 }, () => {
  it('works on one file after another, without the secrets of its parent', async () => {
    process.env['SECRET_OF_THIS_TEST'] = 'x';
    const first = await run('well');
    const second = await run('well');
    expect(second).toEqual(first);
    const { environment } = (first as { result: { environment: string[] } }).result;
    expect(environment).not.toContain('SECRET_OF_THIS_TEST');
    expect(environment.filter((name) => !/^(PATH|TMPDIR|LANG|MALLOC_ARENA_MAX|NODE_CHANNEL_\w+)$/.test(name))).toEqual(
      [],
    );
  });

  it.each([
    ['loop', { seconds: 1 }, 'step-too-slow'],
    ['grow', { memory: 300 }, 'step-too-large'],
    ['crash', {}, 'step-crashed'],
  ])('that would %s is ended, and the next file has another one', async (does, bounds, code) => {
    await expect(run(does, bounds)).rejects.toMatchObject({ code });
    expect(await run('well')).toMatchObject({ kind: 'done' });
  });

  it.skipIf(process.platform === 'win32')('is ended with what it has started', async () => {
    const path = join(tmpdir(), `portage-children-${process.pid}`);
    onTestFinished(() => rmSync(path, { force: true }));
    const asked = { module, file, path, folder: '/f', options: { does: 'start' } };
    await expect(children.run(asked, { seconds: 2, memory: 1024 })).rejects.toMatchObject({ code: 'step-too-slow' });
    const pid = Number(readFileSync(path, 'utf8'));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('that is let go may still speak: nobody has to hear it', async () => {
    const thrown: unknown[] = [];
    const hear = (error: unknown) => void thrown.push(error);
    process.on('uncaughtException', hear);
    onTestFinished(() => void process.off('uncaughtException', hear));
    // As large as one that is replaced; what it says with its outcome and after it is read at once with that.
    for (let i = 0; i < 10; i += 1) expect(await run('talk')).toMatchObject({ kind: 'done' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(thrown).toEqual([]);
  });

  it('tells what its work threw', async () => {
    await expect(run('throw')).rejects.toThrow('a fault of ours');
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const running = run('loop', { signal: controller.signal });
    setImmediate(() => controller.abort(new Error('closing')));
    await expect(running).rejects.toThrow('closing');
  });
});
