/** Starts the real `@uppy/companion`, with the test's store behind it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Backend } from '@portage/mock-backend';

export interface Companion {
  /** What a page is given as `companionEndpoint` and `companionUrl`. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param folder - where Companion may keep files for a while. */
export async function startCompanion(backend: Backend, folder: string): Promise<Companion> {
  const { s3Endpoint, bucket, region, accessKeyId, secretAccessKey } = backend;
  const s3 = { endpoint: s3Endpoint, bucket, region, key: accessKeyId, secret: secretAccessKey, forcePathStyle: true };
  const script = fileURLToPath(new URL('companion-server.mjs', import.meta.url));
  // As in production: there it tells a client nothing of why a call to the store failed.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [script, JSON.stringify({ filePath: folder, s3 })], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
  });
  const port = await portOf(child);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const exited = once(child, 'exit');
      child.stdin?.end();
      await exited;
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const said: string[] = [];
  child.stderr?.on('data', (text) => said.push(String(text)));
  const exited = once(child, 'exit').then(() => {
    throw new Error(`Companion did not start: ${said.join('')}`);
  });
  exited.catch(() => {});
  if (!child.stdout) throw new Error('Companion has no output.');
  const listened = (async () => {
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      const port = /^port (\d+)$/.exec(line)?.[1];
      if (port) return Number(port);
    }
    throw new Error(`Companion did not start: ${said.join('')}`);
  })();
  const port = await Promise.race([listened, exited]);
  // What it logs from now on is for nobody, and must not fill the pipe.
  child.stdout.resume();
  return port;
}
