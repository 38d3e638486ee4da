/** Prepares what waits, one file after another, and tells Uppy what became of it. Loaded with the first file. */
import type { Uppy } from '@uppy/core';
import type { Body, LocalUppyFile, Meta } from '@uppy/core/utils';
import { isBlob, isGzip } from '../file-data.ts';
import { tell } from '../plugin/tell.ts';
import { createCrew } from './crew.ts';
import { nameFor } from './new-name.ts';
import { nextFile } from './next-file.ts';
import type { PrepareOptions } from './options.ts';
import type { Report, Task } from './serve.ts';
import { showPreparing } from './show-preparing.ts';
import { takesGzip } from './takes-gzip.ts';
import { whatToDo } from './what-to-do.ts';

export interface Preparing {
  /** Settles when each of the files is prepared or removed. Never rejects. */
  prepare(fileIDs: readonly string[]): Promise<void>;
  end(): void;
}

/** Files that were started together. */
interface Started {
  readonly ids: readonly string[];
  readonly tasks: Map<string, Task>;
  readonly settle: () => void;
}

type Local = LocalUppyFile<Meta, Body>;

export function startPreparing(uppy: Uppy, options: () => PrepareOptions): Preparing {
  const crew = createCrew();
  const batches = new Set<Started>();
  /** What has been prepared, or needs nothing: Uppy asks again at each retry. */
  const settled = new WeakSet<object>();
  let current: { readonly id: string; readonly ending: AbortController } | undefined;

  const isThere = (id: string): boolean => id in uppy.getState().files;
  const isPaused = (id: string): boolean => uppy.getFile(id).isPaused === true;

  function taskOf(id: string): Task | undefined {
    const file = isThere(id) ? uppy.getFile(id) : undefined;
    if (!file || file.isRemote || !isBlob(file.data) || settled.has(file.data)) return undefined;
    // Uppy names files under way too, where two uploads run.
    if (file.progress.uploadComplete || isGzip(file.meta)) return undefined;
    return whatToDo({ name: file.name ?? '', type: file.type, size: file.data.size }, options());
  }

  /** Has Uppy, and who shows its files, know. */
  function show(id: string): void {
    const progress = { mode: 'indeterminate', message: 'Preparing' } as const;
    tell(uppy, () => uppy.emit('preprocess-progress', uppy.getFile(id), progress));
  }

  function view({ ids, tasks }: Started) {
    const waiting = ids.filter((id) => tasks.has(id)).map((id) => ({ id, isPaused: isPaused(id) }));
    const isHeldUp = ids.some((id) => !tasks.has(id) && isThere(id) && !isPaused(id));
    return { waiting, isHeldUp };
  }

  function drop(id: string): void {
    for (const batch of batches) {
      batch.tasks.delete(id);
      if (batch.tasks.size > 0) continue;
      batches.delete(batch);
      batch.settle();
    }
    if (batches.size === 0) crew.rest();
  }

  /** Goes on with the next file, where none is under way. */
  async function work(): Promise<void> {
    while (!current) {
      // `uppy.clear()` takes all files away without a word.
      for (const { ids } of [...batches]) for (const id of ids) if (!isThere(id)) drop(id);
      const id = nextFile([...batches].map(view));
      if (id === undefined) return;
      const task = [...batches].map(({ tasks }) => tasks.get(id)).find((each) => each !== undefined);
      const { data, name } = uppy.getFile(id) as Local;
      const ending = new AbortController();
      current = { id, ending };
      const report = await outcomeOf(data as Blob, task as Task, ending.signal);
      current = undefined;
      // Stopped for now or for good, or edited meanwhile: what still waits is taken up again.
      if (!report || !isThere(id) || (uppy.getFile(id) as Local).data !== data) continue;
      settled.add(data as Blob);
      if (report.is === 'failed' || report.is === 'unreadable' || report.is === 'unsupported')
        console.warn(`Prepare: ${name} ${wordsFor(report)}`);
      tell(uppy, () => {
        if ('data' in report && report.data) replace(id, report.data, task === 'gzip');
        uppy.emit('preprocess-complete', uppy.getFile(id));
      });
      drop(id);
    }
  }

  async function outcomeOf(file: Blob, task: Task, signal: AbortSignal): Promise<Report | undefined> {
    if (task === 'gzip' && !(await takesGzip(uppy))) return { is: 'as-picked' };
    const { images } = options();
    return crew.prepare({ file, task }, signal, images ? images.heic : undefined);
  }

  function replace(id: string, made: Blob, isGzip: boolean): void {
    const file = uppy.getFile(id) as Local;
    const { size } = made;
    if (isGzip) {
      // It keeps its name and its type: whoever loads it gets the text.
      settled.add(made);
      uppy.setFileState(id, { data: made, size, meta: { ...file.meta, contentEncoding: 'gzip' } });
      return;
    }
    const { type } = made;
    const name = nameFor(file.name, type);
    const data = new File([made], name, { type });
    settled.add(data);
    const extension = name.slice(name.lastIndexOf('.') + 1);
    uppy.setFileState(id, { data, size, name, type, extension, meta: { ...file.meta, name, type } });
    // Of a picture that the browser could not read there is none yet. Words of Uppy's ThumbnailGenerator.
    if (!file.preview) tell(uppy, () => uppy.emit('thumbnail:request' as 'file-removed', uppy.getFile(id)));
  }

  function onRemoved({ id }: { readonly id: string }): void {
    if (current?.id === id) current.ending.abort();
    drop(id);
    work();
  }

  /** Called at every change, so it must not count the files. */
  function onState(): void {
    if (current && !isThere(current.id)) current.ending.abort();
  }

  function onPause(file: { readonly id: string } | undefined): void {
    if (!file || ![...batches].some(({ tasks }) => tasks.has(file.id))) return;
    show(file.id);
    if (current?.id === file.id && isPaused(file.id)) current.ending.abort();
    work();
  }

  /** Uppy pauses what has been started with the uploader only. */
  function setPaused(isPaused: boolean): void {
    for (const { ids, tasks } of batches) {
      for (const id of ids.filter(isThere)) {
        uppy.setFileState(id, { isPaused });
        if (tasks.has(id)) show(id);
      }
    }
    if (isPaused) current?.ending.abort();
    work();
  }
  const onPauseAll = () => setPaused(true);
  const onResumeAll = () => setPaused(false);

  function listen(how: 'on' | 'off'): void {
    uppy[how]('file-removed', onRemoved);
    uppy[how]('state-update', onState);
    uppy[how]('upload-pause', onPause);
    uppy[how]('pause-all', onPauseAll);
    uppy[how]('resume-all', onResumeAll);
  }
  listen('on');
  const endShowing = showPreparing(uppy);

  return {
    prepare(ids) {
      const tasks = new Map<string, Task>();
      for (const id of ids) {
        const task = taskOf(id);
        if (task) tasks.set(id, task);
      }
      if (tasks.size === 0) return Promise.resolve();
      for (const id of tasks.keys()) show(id);
      return new Promise((settle) => {
        batches.add({ ids, tasks, settle });
        work();
      });
    },
    end() {
      listen('off');
      endShowing();
      current?.ending.abort();
      for (const { settle } of batches) settle();
      batches.clear();
      crew.rest();
    },
  };
}

const SENT = 'is sent as it was picked';

function wordsFor(report: Exclude<Report, { readonly is: 'made' | 'as-picked' }>): string {
  if (report.is === 'failed') return `${SENT}: ${report.why}.`;
  const what = report.data ? 'is sent without its metadata, and else as it was picked' : SENT;
  if (report.is === 'unsupported') return `${what}: this browser cannot write what it is to become.`;
  return `${what}: this browser cannot read it.${report.isHeic ? ' The option `images.heic` reads HEIC.' : ''}`;
}
