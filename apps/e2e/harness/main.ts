/** A bare page with Uppy and nothing else: what tests do here, an app without our components can do. */

import { PortageS3, rememberFileHandle, type UploadStatus } from '@portage/uppy';
import { heic } from '@portage/uppy/heic';
import { Prepare } from '@portage/uppy/prepare';
import AwsS3 from '@uppy/aws-s3';
import Compressor from '@uppy/compressor';
import Uppy from '@uppy/core';
import GoldenRetriever from '@uppy/golden-retriever';
import './differences.ts';
import './one-upload.ts';
import { type Setup, signingOptions } from './signing.ts';

/** Options of the plugin; what is a function there is made here, since none can be handed to a page. */
export type Options = {
  chunkSize?: number;
  generateObjectKey?: () => string;
  goldenRetriever?: boolean;
  compressor?: object;
  /** `heic: true` stands for the decoder. */
  prepare?: { images?: object; gzip?: boolean; heic?: boolean };
} & object;

export interface Harness {
  uppy: Uppy;
  plugin: PortageS3<never, never>;
  /** Each status that a file went through, in order. */
  statuses: UploadStatus[];
  /** Uppy's events, in order, with the names of their files. */
  events: string[];
  /** Every value of `loaded`, in order. */
  loaded: number[];
}

declare global {
  interface Window {
    harness: Harness;
    rememberFileHandle: typeof rememberFileHandle;
    setUp(setup: Setup, options?: Options, plugin?: 'PortageS3' | 'AwsS3'): void;
  }
}

const EVENTS = [
  'upload-start',
  'upload-success',
  'upload-error',
  'file-removed',
  'upload-pause',
  'complete',
  's3-multipart:part-uploaded',
] as const;

window.setUp = (setup, given: Options = {}, plugin = 'PortageS3') => {
  const { chunkSize, goldenRetriever, compressor, prepare, ...options } = given;
  const uppy = new Uppy();
  const events: string[] = [];
  for (const name of EVENTS) {
    uppy.on(name, (subject?: unknown) => {
      const files = Array.isArray(subject) ? subject : [subject];
      events.push([name, ...files.map((file: { name?: string } | undefined) => file?.name ?? '')].join(' ').trim());
    });
  }
  const signing = signingOptions(setup);
  // The line that an Uppy app changes.
  uppy.use(
    (plugin === 'AwsS3' ? AwsS3 : PortageS3) as typeof PortageS3,
    { ...signing, ...options, ...(chunkSize && { getChunkSize: () => chunkSize }) } as never,
  );
  const installed = uppy.getPlugin(plugin) as unknown as PortageS3<never, never>;
  const statuses: UploadStatus[] = [];
  const loaded: number[] = [];
  uppy.on('file-added', ({ id }) => {
    if (plugin === 'AwsS3') return;
    installed.uploads.subscribe(id, () => {
      const snapshot = installed.uploads.get(id);
      if (!snapshot) return;
      if (statuses.at(-1) !== snapshot.status) statuses.push(snapshot.status);
      loaded.push(snapshot.progress.loaded);
    });
  });
  if (compressor) uppy.use(Compressor, compressor);
  if (prepare) {
    const { images, gzip } = prepare;
    uppy.use(Prepare, { images: { ...images, ...(prepare.heic && { heic }) }, ...(gzip && { gzip }) });
  }
  // It brings files back when it is installed, so everybody who wants to hear of them must be there.
  if (goldenRetriever) uppy.use(GoldenRetriever);
  window.harness = { uppy, plugin: installed, statuses, events, loaded };
};

window.rememberFileHandle = rememberFileHandle;

document.querySelector('input')?.addEventListener('change', ({ currentTarget }) => {
  const input = currentTarget as HTMLInputElement;
  const files = [...(input.files ?? [])];
  // So that the same file can be picked again.
  input.value = '';
  window.harness.uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data })));
});
