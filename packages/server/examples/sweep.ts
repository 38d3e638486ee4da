import { uploads } from './web-handler.ts';

const { aborted, failed, skipped } = await uploads.abortStale();
console.log(`${aborted} stale uploads aborted; ${failed} failed; not looked through: ${skipped.join(', ') || 'none'}`);
if (failed > 0) process.exitCode = 1;
