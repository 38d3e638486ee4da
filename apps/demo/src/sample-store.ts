/** The sample's upload, and what breaks it. It is the page's, not a component's: it goes on while another tab is looked at. */
import { PortageS3 } from '@portage/uppy';
import { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { beginOutage, deleteObject } from './api.ts';
import { cellsOf, isSame } from './cells.ts';
import { pickedKey } from './picked-files.ts';
import { createSample, sampleSize } from './sample.ts';
import { brokenOffRun, keepRun, type OutageName, type SampleRun } from './sample-run.ts';

export interface SampleState {
  /** Uppy's id of the file. */
  readonly fileId?: string;
  readonly run?: SampleRun;
  /** Once it is stored. */
  readonly stored?: { readonly key: string; readonly data: Blob; readonly seconds: number };
  /** Why a button did nothing, in words. */
  readonly trouble?: string;
}

/** How often the parts are looked at, in milliseconds. */
const INTERVAL = 300;
/** An upload that was too young to be remembered is begun anew after a reload, when so many milliseconds have passed. */
const GIVE_UP_AFTER = 5_000;
/** Those in which there is something to break. */
const UNDER_WAY = ['queued', 'preparing', 'resuming', 'uploading', 'retrying', 'offline', 'verifying'];

export const sampleUppy = new Uppy<Meta, Body>({ autoProceed: true }).use(PortageS3, {
  endpoint: '/api/uploads',
  route: 'sample',
});
const plugin = sampleUppy.getPlugin<PortageS3<Meta, Body>>('PortageS3') as PortageS3<Meta, Body>;

/** What this page's address asks for. */
export const sampleMegabytes = sampleSize(location.search);

let state: SampleState = {};
/** The run as it began on this page: it has the parts of the page before. */
let begun: SampleRun | undefined;
const listeners = new Set<() => void>();

export const getSample = (): SampleState => state;
export function subscribeSample(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: SampleState): void {
  state = next;
  keepRun(next.stored ? undefined : next.run);
  for (const listener of listeners) listener();
}

export function sendSample(): void {
  const { fileId, stored } = state;
  // One sample on the disk is enough.
  if (stored) deleteObject(stored.key).catch(() => undefined);
  if (fileId) sampleUppy.removeFile(fileId);
  begin({ megabytes: sampleMegabytes, startedAt: Date.now(), outages: [], cells: [] });
  add(createSample(sampleMegabytes));
}

/** Breaks something. It counts where the sample was under way when that began. */
export async function breakSample(name: OutageName): Promise<void> {
  const status = state.fileId && plugin.uploads.get(state.fileId)?.status;
  if (!status || !UNDER_WAY.includes(status)) {
    set({ ...state, trouble: 'The sample is not on its way: there is nothing to break.' });
    return;
  }
  if (name === 'reload') return location.reload();
  try {
    const seconds = await beginOutage(name);
    const { run, stored } = state;
    if (!run || stored) return;
    const outages = [...run.outages, { name, until: Date.now() + seconds * 1000 }];
    const { trouble: _, ...rest } = state;
    set({ ...rest, run: { ...run, outages } });
  } catch (error) {
    set({ ...state, trouble: `Nothing was broken. ${error instanceof Error ? error.message : error}` });
  }
}

const add = (file: File) => sampleUppy.addFile({ name: file.name, type: file.type, data: file });

/** Shows a run, and looks at its parts until it is over. */
function begin(run: SampleRun): void {
  begun = run;
  set({ run });
  const timer = setInterval(() => {
    if (begun !== run || !state.run || state.stored) clearInterval(timer);
    else void look();
  }, INTERVAL);
}

async function look(isOver = false): Promise<void> {
  const diagnostics = state.fileId && (await plugin.exportDiagnostics(state.fileId));
  const { run } = state;
  if (!diagnostics || !run || !begun || run.startedAt !== begun.startedAt) return;
  const cells = cellsOf(isOver ? { ...diagnostics, status: 'complete' } : diagnostics, begun.cells);
  if (cells.length > 0 && !isSame(run.cells, cells)) set({ ...state, run: { ...run, cells } });
}

/** Goes on with what a reload broke off. The file is made again; it is the same one. */
function goOn(run: SampleRun): void {
  const sample = createSample(run.megabytes);
  begin(run);
  const over = (): void => {
    clearTimeout(timer);
    stopWaiting();
  };
  const tryIt = async (): Promise<void> => {
    const [upload] = (await plugin.unfinished.list()).filter(({ size }) => size === sample.size);
    if (!upload || state.fileId) return;
    over();
    await plugin.unfinished.continue(upload.id, sample);
  };
  // The page before may hold it for some time yet.
  const stopWaiting = plugin.unfinished.onFreed(() => void tryIt());
  const timer = setTimeout(() => {
    stopWaiting();
    if (!state.fileId) add(sample);
  }, GIVE_UP_AFTER);
  void tryIt();
}

sampleUppy.on('file-added', ({ id }) => set({ ...state, fileId: id }));
sampleUppy.on('file-removed', ({ id }) => {
  if (id === state.fileId) set({});
});
sampleUppy.on('upload-success', async (file, response) => {
  const { run } = state;
  const key = pickedKey({ body: response.body ?? {} });
  if (!file || !run || key === undefined) return;
  const seconds = (Date.now() - run.startedAt) / 1000;
  await look(true);
  set({ ...state, stored: { key, data: file.data as Blob, seconds } });
});

const brokenOff = brokenOffRun();
if (brokenOff) goOn(brokenOff);
