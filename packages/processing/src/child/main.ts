// A process that works on one file at a time. Nobody knows what the file holds. The process has no credentials, and is ended from
// outside when it takes too much.
import type { ChildWork } from '../step.ts';
import type { Asked, Said } from './messages.ts';

const say = (said: Said) => process.send?.(said);

/** How often its memory is told, in milliseconds. */
const TELL = 100;

const timer = setInterval(() => say({ rss: process.memoryUsage.rss() }), TELL);
process.on('disconnect', () => {
  clearInterval(timer);
  process.exit();
});
process.on('message', async ({ module, file, path, folder, options }: Asked) => {
  try {
    const { work } = (await import(module)) as { work: ChildWork<object, unknown> };
    say({ outcome: await work({ file, path, folder }, options) });
  } catch (error) {
    say({ thrown: String((error as Error | undefined)?.stack ?? error) });
  }
});
