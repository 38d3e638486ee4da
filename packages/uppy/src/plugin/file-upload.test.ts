import type { Engine, Intent, UploadListener, UploadSnapshot } from '@portage/engine';
import Uppy from '@uppy/core';
import type { Body, LocalUppyFile, Meta } from '@uppy/core/utils';
import { expect, it } from 'vitest';
import type { FileRange } from '../sending/file-range.ts';
import { type FileUpload, startFileUpload } from './file-upload.ts';
import { UploadRegistry } from './uploads.ts';

it('is known by its file, with what is sent of it, before the engine hears of it', () => {
  const uppy = new Uppy<Meta, Body>();
  const data = new Blob(['0123456789']);
  const id = uppy.addFile({ name: 'a.bin', data });
  const uploads = new Map<string, FileUpload>();
  let known: Blob | undefined;
  const engine: Engine<FileRange> = {
    start(_, intent) {
      // As the backend that remembers uploads does within the same task.
      known = uploads.get(intent.id)?.data;
      return { pause() {}, resume() {}, retry() {}, cancel() {} };
    },
  };
  const intent: Intent = { id, name: 'a.bin', size: 10, type: '', partSize: undefined, meta: {} };
  const context = { uppy, engine, registry: new UploadRegistry(), uploads };
  startFileUpload(context, uppy.getFile(id) as LocalUppyFile<Meta, Body>, data, intent);
  expect(known).toBe(data);
});

it('tells Uppy of progress where there is some, and after Uppy has put its own count back', () => {
  const uppy = new Uppy<Meta, Body>();
  const data = new Blob(['0123456789']);
  const id = uppy.addFile({ name: 'a.bin', data });
  const file = () => uppy.getFile(id) as LocalUppyFile<Meta, Body>;
  const told: unknown[] = [];
  uppy.on('upload-progress', (_, { bytesUploaded }) => told.push(bytesUploaded));
  let listener: UploadListener | undefined;
  const engine: Engine<FileRange> = {
    start(_source, _intent, hears) {
      listener = hears;
      return { pause() {}, resume() {}, retry() {}, cancel() {} };
    },
  };
  const intent: Intent = { id, name: 'a.bin', size: 10, type: '', partSize: undefined, meta: {} };
  startFileUpload({ uppy, engine, registry: new UploadRegistry(), uploads: new Map() }, file(), data, intent);
  uppy.emit('upload-start', [file()]);
  const progress = { loaded: 10, total: 10, percent: 100, speed: 0, eta: 0 };
  const tick = () => listener?.onSnapshot({ status: 'verifying', progress } as UploadSnapshot);
  for (let count = 0; count < 3; count += 1) tick();
  expect(told).toEqual([10]);
  uppy.setFileState(id, { progress: { ...file().progress, bytesUploaded: 0 } as never });
  tick();
  expect(told).toEqual([10, 10]);
});
