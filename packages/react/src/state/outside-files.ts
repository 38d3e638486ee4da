import type { UploadSnapshot, UploadTotals } from '@portage/uppy';
import type { FileInfo } from './file-info.ts';
import type { PickedFile } from './picked-files.ts';

/** A file that is stored. */
export interface DoneFile {
  readonly at: 'done';
  readonly info: FileInfo;
  readonly picked?: undefined;
  readonly snapshot: UploadSnapshot;
  /** What the server answered. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** A file whose turn comes. */
interface WaitingFile {
  readonly at: 'waiting';
  readonly info: FileInfo;
  readonly picked: PickedFile;
  readonly snapshot?: undefined;
}

/** A file whose turn does not come, such as one of a folder that is paused. */
export interface HeldFile {
  readonly at: 'held';
  readonly info: FileInfo;
  readonly picked: PickedFile;
  readonly snapshot: UploadSnapshot;
}

/** A file of the list that is not inside Uppy. */
export type OutsideFile = WaitingFile | HeldFile | DoneFile;

/** How much of what there is outside; kept up to date, so that nobody has to walk 10,000 files for it. */
export interface OutsideSums {
  readonly waiting: number;
  readonly held: number;
  /** Also of those that are held. */
  readonly waitingBytes: number;
  readonly done: number;
  readonly doneBytes: number;
}

/** Files that were taken out of the list, while that can be undone: nobody is to see or count them. */
export interface Hidden {
  has(id: string): boolean;
  without(totals: UploadTotals): UploadTotals;
}

const NOTHING: OutsideSums = { waiting: 0, held: 0, waitingBytes: 0, done: 0, doneBytes: 0 };

/** The files that are not inside Uppy, in the order they came. */
export class OutsideFiles {
  readonly #files = new Map<string, OutsideFile>();
  readonly #listeners = new Set<() => void>();
  readonly #fileListeners = new Map<string, Set<() => void>>();
  #sums = NOTHING;
  hidden: Hidden | undefined;

  get sums(): OutsideSums {
    return this.#sums;
  }

  get size(): number {
    return this.#files.size;
  }

  get(id: string): OutsideFile | undefined {
    return this.#files.get(id);
  }

  ids(): Iterable<string> {
    return this.#files.keys();
  }

  /** The first of those that wait. */
  next(count: number): readonly WaitingFile[] {
    return [...this.#files.values()].filter((file) => file.at === 'waiting').slice(0, count);
  }

  /** One that is here already keeps its turn. */
  put(files: readonly OutsideFile[]): void {
    for (const file of files) {
      this.#count(file.info.id, -1);
      this.#files.set(file.info.id, file);
      this.#count(file.info.id, 1);
    }
    this.#tell(files.map(({ info }) => info.id));
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      this.#count(id, -1);
      this.#files.delete(id);
    }
    this.#tell(ids);
  }

  hide(hidden: Hidden | undefined): void {
    this.hidden = hidden;
    this.#say();
  }

  /** Calls `listener` after files came or went. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribeFile(id: string, listener: () => void): () => void {
    const listeners = this.#fileListeners.get(id) ?? new Set();
    this.#fileListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#fileListeners.delete(id);
    };
  }

  #count(id: string, by: 1 | -1): void {
    const file = this.#files.get(id);
    if (file) this.#sums = shift(this.#sums, file, by);
  }

  #tell(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) for (const listener of this.#fileListeners.get(id) ?? []) listener();
    this.#say();
  }

  #say(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function shift(sums: OutsideSums, { at, info }: OutsideFile, by: 1 | -1): OutsideSums {
  const bytes = at === 'done' ? 'doneBytes' : 'waitingBytes';
  return { ...sums, [at]: sums[at] + by, [bytes]: sums[bytes] + by * info.size };
}
