import { uploads } from './web-handler.ts';

const { aborted, failed, gone, skipped } = await uploads.abortStale();
console.log(
  `${aborted} stale uploads aborted; ${failed} failed; ${gone} were gone; not looked through: ${skipped.join(', ') || 'none'}`,
);
if (failed > 0) process.exitCode = 1;
