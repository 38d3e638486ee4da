import type { Awaitable } from './route.ts';

/** A stored file, in one version of it, as what processes it knows it. */
export interface FileToProcess {
  readonly key: string;
  /** With its quotes, as the store gave it. */
  readonly etag: string;
  /** In bytes. */
  readonly size: number;
  /** MIME type, as `StoredFile` has it. */
  readonly type: string;
  /** The file's name as the person saw it. */
  readonly name: string;
}

/** How far the processing of a file is. The page is given it as JSON. */
export interface ProcessingProgress {
  /** With `done` and `failed` it is over. */
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  /** Steps that have a result, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** What makes something of stored files. `createProcessing()` of `@portage/processing` returns one. */
export interface Processing {
  /** By name: what routes can have their files go through. */
  readonly pipelines: Readonly<Record<string, unknown>>;
  /** Resolves when the job is kept. The same file may be asked for again. */
  enqueue(pipeline: string, file: FileToProcess): Awaitable<void>;
  status(pipeline: string, file: FileToProcess): Promise<ProcessingProgress>;
  /** Resolves when something may have changed, after so many milliseconds at the latest. */
  changed(file: FileToProcess, milliseconds: number, signal?: AbortSignal): Promise<void>;
}
