import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Of the client, which is a process of its own. */
export const CREDENTIALS = { accessKeyId: 'soak-access-key', secretAccessKey: 'soak-secret-key' };
const KEYS = ['--access-key', CREDENTIALS.accessKeyId, '--secret-key', CREDENTIALS.secretAccessKey];

/** Starts the store as a process of its own, on a folder that an earlier one may have left at any moment. */
export async function startStore(dataDir) {
  const child = spawn(process.execPath, [CLI, '--port', '0', '--data', dataDir, '--bucket', 'soak', ...KEYS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = once(lines, 'line');
  const [line] = await Promise.race([
    first,
    exited.then(([code]) => {
      throw new Error(`The store did not start (exit code ${code}).`);
    }),
  ]);
  return {
    pid: child.pid,
    endpoint: /http:\/\/\S+/.exec(line)[0],
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
