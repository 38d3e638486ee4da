import { createHash } from 'node:crypto';

/** A stored file, in one version of it. */
export interface ProcessedFile {
  readonly key: string;
  /** With its quotes, as the store gave it: another file at the same key has another one. */
  readonly etag: string;
  /** In bytes. */
  readonly size: number;
  /** MIME type, as far as somebody said; what counts is the content. */
  readonly type: string;
  /** The file's name as the person saw it. */
  readonly name: string;
}

/** Names the version of an object: 16 hex digits. The same bytes are the same version. */
export const versionOf = ({ etag, size }: Pick<ProcessedFile, 'etag' | 'size'>): string =>
  hash(`${etag} ${size}`).slice(0, 16);

/** Where all that is made of one version of a file goes. */
export const folderOf = (prefix: string, file: Pick<ProcessedFile, 'key' | 'etag' | 'size'>): string =>
  `${prefix}${file.key}/${versionOf(file)}/`;

/** Where a step's files and its result go: another version of the step has another place. */
export const stepFolder = (folder: string, step: { name: string; version: string }): string =>
  `${folder}${step.name}-${step.version}/`;

/** The result is stored last: where it is, the files of its step are, too. */
export const resultKey = (folder: string, step: { name: string; version: string }): string =>
  `${stepFolder(folder, step)}result.json`;

/** The same job of the same file has the same id, so that a queue takes it once. A UUID of version 8. */
export function jobId(
  pipeline: string,
  steps: readonly { name: string; version: string }[],
  file: ProcessedFile,
): string {
  const text = JSON.stringify([pipeline, steps.map(({ name, version }) => [name, version]), file.key, versionOf(file)]);
  const digits = hash(text);
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/** Changes with what a step does: its own version, and its options. */
export const stepVersion = (version: number, options: object): string =>
  `${version}-${hash(JSON.stringify(options)).slice(0, 8)}`;

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
