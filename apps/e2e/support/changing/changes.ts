/** What can happen to a file on the disk while somebody uploads it. Synchronous: it happens between two bytes of the store. */
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  openSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

export interface Change {
  readonly what: string;
  /** Whether the size stays. */
  readonly keepsSize: boolean;
  make(path: string): void;
}

/** The file is full of `a`; what changes is `b`. */
export const OLD = 'a';
export const NEW = 'b';

function overwrite(path: string, from: number, to: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(to - from, NEW), 0, to - from, from);
  closeSync(file);
}

/** As encrypted containers, `rsync --times --inplace`, `exiftool -P` and `cp -p` do. The time is a whole second. */
function keepingTime(path: string, make: () => void): void {
  const { atime, mtime } = statSync(path);
  make();
  utimesSync(path, atime, mtime);
}

const sizeOf = (path: string) => statSync(path).size;
/** A stretch as large as a part, somewhere in the midst. */
const editMiddle = (path: string) => overwrite(path, Math.floor(sizeOf(path) * 0.4), Math.floor(sizeOf(path) * 0.75));

export const CHANGES: readonly Change[] = [
  { what: 'nothing', keepsSize: true, make: () => {} },
  {
    what: 'replaced by another file of its size',
    keepsSize: true,
    make(path) {
      writeFileSync(`${path}.new`, Buffer.alloc(sizeOf(path), NEW));
      renameSync(`${path}.new`, path);
    },
  },
  { what: 'overwritten', keepsSize: true, make: (path) => overwrite(path, 0, sizeOf(path)) },
  { what: 'edited in one part', keepsSize: true, make: editMiddle },
  { what: 'edited at its end', keepsSize: true, make: (path) => overwrite(path, sizeOf(path) - 1_000, sizeOf(path)) },
  {
    what: 'replaced by a longer file',
    keepsSize: false,
    make: (path) => writeFileSync(path, Buffer.alloc(sizeOf(path) + 1_000_000, NEW)),
  },
  { what: 'appended to', keepsSize: false, make: (path) => appendFileSync(path, Buffer.alloc(1_000_000, NEW)) },
  {
    what: 'cut short',
    keepsSize: false,
    make(path) {
      const file = openSync(path, 'r+');
      ftruncateSync(file, 1_000_000);
      closeSync(file);
    },
  },
  {
    what: 'overwritten with its time kept',
    keepsSize: true,
    make: (path) => keepingTime(path, () => overwrite(path, 0, sizeOf(path))),
  },
  {
    what: 'edited in one part with its time kept',
    keepsSize: true,
    make: (path) => keepingTime(path, () => editMiddle(path)),
  },
];

/** Chosen for the tests that run each time. */
export const SHORT = [
  'nothing',
  'replaced by another file of its size',
  'edited in one part',
  'cut short',
  'edited in one part with its time kept',
];
