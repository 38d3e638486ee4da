/**
 * Workers that are killed at random moments: once here, more often with
 * `PORTAGE_JOBS=500 PORTAGE_KILLS=40 npm run test:unit -- processing/src/kills`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startPostgres } from './test-support/postgres.ts';

const { PORTAGE_JOBS: jobs = '8', PORTAGE_KILLS: kills = '1' } = process.env;
const isLong = process.env['PORTAGE_KILLS'] !== undefined;
const script = fileURLToPath(new URL('../bench/kills.mjs', import.meta.url));

async function run(env: NodeJS.ProcessEnv): Promise<{ output: string; code: number }> {
  const child = spawn(process.execPath, [script, jobs, kills], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += text;
    });
  const [code] = (await once(child, 'close')) as [number];
  console.log(output.trim());
  return { output, code };
}

const WHOLE = `${Number(jobs) * 2} results, ${Number(jobs) * 4} variants, each whole and once`;

// The short one is in queue.test.ts: it starts a PGlite less.
it.runIf(isLong)(
  'an embedded worker that is killed leaves every variant once, and right',
  { timeout: 3_600_000 },
  async () => {
    const { output, code } = await run({ DATABASE_URL: '' });
    expect([output.includes(WHOLE), code]).toEqual([true, 0]);
  },
);

it('two workers on one PostgreSQL that are killed do, too', { timeout: 3_600_000 }, async (context) => {
  const postgres = await startPostgres();
  if (typeof postgres === 'string') {
    console.log(`PostgreSQL is passed over: ${postgres}`);
    return context.skip();
  }
  onTestFinished(() => postgres.stop());
  const { output, code } = await run({ DATABASE_URL: postgres.url });
  expect([output.includes(WHOLE), code]).toEqual([true, 0]);
});
