/** The programs that a store consists of. They end with it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Suite } from './debian.ts';

const execute = promisify(execFile);

export interface Programs {
  /** Runs one to its end; what it printed. */
  run(program: string, ...args: string[]): Promise<string>;
  /** Starts one that stays; what it prints goes into `folder/name.out`. */
  start(name: string, program: string, ...args: string[]): void;
  /** Waits until something is so. @throws Error with the last lines of what was started, where that ends before. */
  until(what: string, isSo: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}

/** Longest that a store may take to start on a busy machine, in milliseconds. */
const TIMEOUT = 400_000;

export function programsIn(folder: string, { env, command }: Pick<Suite, 'env' | 'command'>): Programs {
  const started = new Map<string, ChildProcess>();
  // Each has a group of its own, which an interrupt of this process does not reach.
  process.once('exit', () => {
    for (const program of started.values()) end(program);
  });
  const isOver = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
  return {
    async run(program, ...args) {
      const [file = '', ...rest] = command(program, ...args);
      return (await execute(file, rest, { env, cwd: folder, timeout: TIMEOUT })).stdout;
    },
    start(name, program, ...args) {
      const out = openSync(join(folder, `${name}.out`), 'a');
      const [file = '', ...rest] = command(program, ...args);
      started.set(name, spawn(file, rest, { env, cwd: folder, stdio: ['ignore', out, out], detached: true }));
    },
    async until(what, isSo) {
      for (const until = Date.now() + TIMEOUT; Date.now() < until; await wait(200)) {
        for (const [name, program] of started) if (isOver(program)) throw new Error(await lastWords(folder, name));
        if (await isSo().catch(() => false)) return;
      }
      throw new Error(`${what} takes more than ${TIMEOUT / 1000} s`);
    },
    async stop() {
      for (const program of [...started.values()].reverse()) {
        if (isOver(program) || program.pid === undefined) continue;
        const over = once(program, 'exit');
        end(program);
        await over;
      }
    },
  };
}

/** Some of them have workers of their own: the whole group ends. */
function end({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

async function lastWords(folder: string, name: string): Promise<string> {
  const said = await readFile(join(folder, `${name}.out`), 'utf8').catch(() => '');
  return `${name} ended: ${said.trim().split('\n').slice(-3).join(' / ')}`;
}

/** Whether an address answers with 2xx. */
export const answers = async (url: string): Promise<boolean> => (await fetch(url)).ok;

/** Ports that nobody has now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
