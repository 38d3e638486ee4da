/** Memory and CPU time of a process and all below it, from Linux's `/proc`. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Footprint {
  /** Bytes when the upload began, and at the most: a page that several processes share counts once. */
  readonly before: number;
  readonly most: number;
  /** Seconds of CPU between the two ends of the upload. */
  readonly cpu: number;
}

/** Between two looks, in milliseconds. */
const STEP = 500;

/** Watches from now until it is told to end. */
export function watchFootprint(root: number): { end(): Footprint } {
  const before = memoryOf(root);
  const cpuBefore = cpuOf(root);
  let most = before;
  const look = () => {
    most = Math.max(most, memoryOf(root));
  };
  const timer = setInterval(look, STEP);
  return {
    end() {
      clearInterval(timer);
      look();
      return { before, most, cpu: cpuOf(root) - cpuBefore };
    },
  };
}

/** Processes that this one has started and that still run. */
export function childrenOf(parent: number): number[] {
  return processes().flatMap(({ pid, ppid }) => (ppid === parent ? pid : []));
}

interface Process {
  readonly pid: number;
  readonly ppid: number;
  /** Seconds. */
  readonly cpu: number;
}

/** Of `times` in `/proc`, per second. The same on all Linux that Chromium runs on. */
const TICKS = 100;

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function parseStat(text: string): Process {
  // The name stands in brackets, and may have spaces and brackets of its own.
  const [pid = ''] = text.split(' ', 1);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [, ppid] = fields;
  const [user, system] = fields.slice(11, 13);
  return { pid: Number(pid), ppid: Number(ppid), cpu: (Number(user) + Number(system)) / TICKS };
}

function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const text = read(`/proc/${name}/stat`);
    return text === undefined ? [] : [parseStat(text)];
  });
}

function tree(root: number): Process[] {
  const all = processes();
  const below = (pid: number): Process[] =>
    all.filter(({ ppid }) => ppid === pid).flatMap((one) => [one, ...below(one.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)];
}

const cpuOf = (root: number) => tree(root).reduce((sum, { cpu }) => sum + cpu, 0);

const memoryOf = (root: number) =>
  tree(root).reduce((sum, { pid }) => {
    const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '') ?? [];
    return sum + Number(kilobytes) * 1024;
  }, 0);

/** Undefined where the process has ended meanwhile. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
