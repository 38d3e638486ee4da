/// <reference path="../pg-boss/fs-native-extensions.d.ts" />
/** A real PostgreSQL for a test: the machine's own, or Debian's packages, unpacked; nothing is installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForLock } from 'fs-native-extensions';
import { unpack } from '../../../../apps/stores/src/debian.ts';

export interface Postgres {
  readonly url: string;
  stop(): Promise<void>;
}

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/portage-postgres', import.meta.url));

/** Started, or the reason why it cannot be. */
export async function startPostgres(): Promise<Postgres | string> {
  const found = await programs();
  if (typeof found === 'string') return found;
  const folder = mkdtempSync(join(tmpdir(), 'portage-postgres-'));
  // It refuses to run as root.
  const who = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ('uid' in who) chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o700);
  const options = { cwd: folder, env: found.env, ...who };
  const data = join(folder, 'data');
  const made = spawnSync(
    join(found.bin, 'initdb'),
    ['-D', data, '-U', 'portage', '-A', 'trust', '--no-locale', '-E', 'UTF8', '--no-sync'],
    { ...options, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return `initdb: ${made.stderr || made.error?.message}`;
  }
  const port = await freePort();
  const settings = ['fsync=off', 'unix_socket_directories=', 'listen_addresses=127.0.0.1', 'jit=off'];
  const server = spawn(
    join(found.bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const failed = await ready(server);
  const stop = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  if (failed !== undefined) {
    await stop();
    return failed;
  }
  return { url: `postgres://portage@127.0.0.1:${port}/postgres`, stop };
}

const NOBODY = 65534;

async function programs(): Promise<{ bin: string; env: NodeJS.ProcessEnv } | string> {
  const own = binBelow('/');
  if (own !== undefined) return { bin: own, env: process.env };
  mkdirSync(CACHE, { recursive: true });
  const lock = openSync(join(CACHE, 'lock'), 'a+');
  // Another test may be unpacking them.
  await waitForLock(lock);
  try {
    const { env, root } = await unpack(['postgresql'], CACHE);
    const bin = binBelow(root);
    return bin === undefined ? 'the packages have no PostgreSQL in them' : { bin, env };
  } catch (error) {
    return (error as Error).message;
  } finally {
    closeSync(lock);
  }
}

function binBelow(root: string): string | undefined {
  const versions = join(root, 'usr/lib/postgresql');
  if (!existsSync(versions)) return undefined;
  const [newest] = readdirSync(versions).sort((a, b) => Number(b) - Number(a));
  const bin = join(versions, newest ?? '', 'bin');
  return existsSync(join(bin, 'initdb')) ? bin : undefined;
}

function ready(server: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let log = '';
    server.stderr?.on('data', (text) => {
      log += text;
      if (log.includes('ready to accept connections')) resolve(undefined);
    });
    server.once('error', (error) => resolve(error.message));
    server.once('exit', () => resolve(`PostgreSQL ended: ${log}`));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
