import { Uppy } from '@uppy/core';
import { describe, expect, it } from 'vitest';
import { fileOfSize } from '../stories/scripted-uploads.ts';
import { english } from '../text/english.ts';
import { createFormat } from '../text/format.ts';
import { refusalText } from '../text/refusal-text.ts';
import type { Limits } from './refusal.ts';
import { createRefusals } from './refusals.ts';

const format = createFormat('en');

/** What is said when `files` are added to an Uppy with `limits`. */
function said(limits: Limits, ...files: File[]): string[] {
  const uppy = new Uppy({ restrictions: limits as object });
  const refusals = createRefusals(uppy);
  const unsubscribe = refusals.subscribe(() => {});
  uppy.addFiles(files.map((file) => ({ name: file.name, type: file.type, data: file })));
  unsubscribe();
  return refusals.get().map((refusal) => refusalText(refusal, english, format));
}

describe('why a file was refused', () => {
  it('names the size and the limit', () =>
    expect(said({ maxFileSize: 5_000_000 }, fileOfSize('a.jpg', 8_200_000))).toEqual([
      'a.jpg is 8.2 MB. The limit is 5 MB.',
    ]));

  it('names the least size', () =>
    expect(said({ minFileSize: 10 }, fileOfSize('a.jpg', 0))).toEqual([
      'a.jpg is only 0 bytes. It must be at least 10 bytes.',
    ]));

  it('names the types', () =>
    expect(said({ allowedFileTypes: ['.png', 'image/jpeg'] }, fileOfSize('a.doc', 1))).toEqual([
      'Files like a.doc cannot be uploaded here. Pick .png or JPEG.',
    ]));

  it('tells a file that is in the list already', () => {
    const file = fileOfSize('a.jpg', 1);
    const uppy = new Uppy();
    const refusals = createRefusals(uppy);
    refusals.subscribe(() => {});
    for (let times = 0; times < 2; times += 1) uppy.addFiles([{ name: file.name, data: file }]);
    expect(refusals.get()).toEqual([{ reason: 'duplicate', name: 'a.jpg' }]);
  });

  it('tells that there are too many', () =>
    expect(said({ maxNumberOfFiles: 1 }, fileOfSize('a', 1), fileOfSize('b', 2))).toEqual([
      'At most 1 file can be uploaded at once. Pick fewer, or remove some from the list.',
    ]));

  it('tells that together they are too large', () =>
    expect(said({ maxTotalFileSize: 10 }, fileOfSize('a', 11))).toEqual([
      'Together the files are larger than 10 bytes. Pick fewer.',
    ]));

  it("falls back to Uppy's sentence", () =>
    expect(said({ maxTotalFileSize: 10, maxNumberOfFiles: 9 }, fileOfSize('a', 11))[0]).toContain(
      'maximum allowed size',
    ));

  it('keeps the files that are fine', () => {
    const uppy = new Uppy({ restrictions: { maxFileSize: 5 } });
    uppy.addFiles([fileOfSize('a', 9), fileOfSize('b', 1)].map((file) => ({ name: file.name, data: file })));
    expect(uppy.getFiles().map(({ name }) => name)).toEqual(['b']);
  });
});
