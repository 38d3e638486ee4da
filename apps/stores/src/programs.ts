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

const execute = promisify(execFile);

export interface Programs {
  /** Runs one to its end; what it printed. */
  run(command: string, ...args: string[]): Promise<string>;
  /** Starts one that stays; what it prints goes into `folder/name.out`. */
  start(name: string, command: string, ...args: string[]): void;
  /** Waits until an address answers with 2xx. @throws Error with the last lines of what was started, where it does not. */
  answers(url: string): Promise<void>;
  stop(): Promise<void>;
}

/** Longest that a store may take to start on a busy machine, in milliseconds. */
const PATIENCE = 180_000;

export function programsIn(folder: string, env: NodeJS.ProcessEnv): Programs {
  const started = new Map<string, ChildProcess>();
  // Each has a group of its own, which an interrupt of this process does not reach.
  process.once('exit', () => {
    for (const program of started.values()) end(program);
  });
  const isOver = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
  return {
    run: async (command, ...args) => (await execute(command, args, { env, cwd: folder, timeout: PATIENCE })).stdout,
    start(name, command, ...args) {
      const out = openSync(join(folder, `${name}.out`), 'a');
      started.set(name, spawn(command, args, { env, cwd: folder, stdio: ['ignore', out, out], detached: true }));
    },
    async answers(url) {
      for (const until = Date.now() + PATIENCE; Date.now() < until; await wait(200)) {
        for (const [name, program] of started) if (isOver(program)) throw new Error(await lastWords(folder, name));
        if (
          await fetch(url).then(
            ({ ok }) => ok,
            () => false,
          )
        )
          return;
      }
      throw new Error(`${url} does not answer after ${PATIENCE / 1000} s`);
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
