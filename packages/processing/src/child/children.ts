import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ProcessingError } from '../errors.ts';
import type { StepOutcome } from '../step.ts';
import type { Asked, Said } from './messages.ts';

/** What one piece of work may take. */
export interface Bounds {
  /** Longest time. */
  readonly seconds: number;
  /** Most resident memory, in MiB. */
  readonly memory: number;
  /** Ends the work sooner. */
  readonly signal?: AbortSignal | undefined;
}

/** Child processes, each for one piece of work at a time, kept for the next one. */
export interface Children {
  /** @throws ProcessingError `step-crashed`, `step-too-slow`, `step-too-large`; or an Error that `work` threw. */
  run(asked: Asked, bounds: Bounds): Promise<StepOutcome<unknown>>;
  close(): void;
}

/** A child is replaced after so much work, and where it has grown: what leaks is given back. */
const WORK_OF_A_CHILD = 200;
const GROWN = 512;

const MIB = 1024 ** 2;

interface Child {
  readonly process: ChildProcess;
  done: number;
  /** Resident memory when it was last told, in bytes. */
  rss: number;
}

/** Sources are not run by Node itself: a test has them built before. */
function entry(): string {
  const own = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(own.endsWith('.ts') ? '../../dist/child/main.js' : './main.js', import.meta.url));
}

/** Ends a child and all that it has started. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Windows has no groups; elsewhere it has ended already.
    child.kill('SIGKILL');
  }
}

export function createChildren(): Children {
  const idle: Child[] = [];
  const all = new Set<Child>();

  function start(): Child {
    const { PATH, TMPDIR, LANG, SystemRoot } = process.env;
    const env = {
      ...Object.fromEntries(Object.entries({ PATH, TMPDIR, LANG, SystemRoot }).filter(([, value]) => value)),
      // Decoded pictures come and go in many threads; glibc would keep a heap for each.
      MALLOC_ARENA_MAX: '2',
    };
    const child: Child = {
      process: fork(entry(), [], {
        env,
        execArgv: [],
        // With a group of its own, so that what it has started (ffmpeg) is ended with it.
        detached: true,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'json',
      }),
      done: 0,
      rss: 0,
    };
    all.add(child);
    // Node keeps what nobody hears in the channel, and throws where the channel is closed by then.
    child.process.on('message', () => {});
    child.process.on('error', () => all.delete(child));
    child.process.on('exit', () => {
      all.delete(child);
      const at = idle.indexOf(child);
      if (at >= 0) idle.splice(at, 1);
    });
    return child;
  }

  function keep(child: Child): void {
    child.done += 1;
    if (child.done >= WORK_OF_A_CHILD || child.rss > GROWN * MIB) child.process.disconnect();
    else idle.push(child);
  }

  return {
    async run(asked, { seconds, memory, signal }) {
      signal?.throwIfAborted();
      const child = idle.pop() ?? start();
      const { process: running } = child;
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(timer);
          running.off('message', hear).off('exit', crashed).off('error', crashed);
          signal?.removeEventListener('abort', aborted);
          settle();
        };
        const kill = (error: unknown) =>
          end(() => {
            endGroup(running);
            reject(error);
          });
        const aborted = () => kill(signal?.reason);
        const crashed = (code: unknown, how: unknown) =>
          end(() =>
            reject(new ProcessingError('step-crashed', `The process that worked on the file ended: ${how ?? code}.`)),
          );
        const hear = (said: Said) => {
          if ('rss' in said) {
            child.rss = said.rss;
            if (said.rss > memory * MIB)
              kill(new ProcessingError('step-too-large', `The file took over ${memory} MiB of memory.`));
          } else
            end(() => {
              keep(child);
              if ('outcome' in said) resolve(said.outcome);
              else reject(new Error(said.thrown));
            });
        };
        const timer = setTimeout(
          () => kill(new ProcessingError('step-too-slow', `The file took over ${seconds} s.`)),
          seconds * 1000,
        );
        running.on('message', hear).on('exit', crashed).on('error', crashed);
        signal?.addEventListener('abort', aborted);
        running.send(asked);
      });
    },

    close() {
      for (const child of all) endGroup(child.process);
      all.clear();
      idle.length = 0;
    },
  };
}
