import { type Accepts, hintOfTypes } from '@portage/protocol/formats';
import { UploadsError } from '../errors.ts';
import { MAX_SIZE } from './part-plan.ts';

export interface FilePolicy {
  accepts: Accepts;
  /** For the message. */
  accept: readonly string[];
  /** In bytes. */
  minSize: number;
  /** In bytes. */
  maxSize: number;
  /** Whether files may come compressed. */
  gzip: boolean;
}

/** @throws UploadsError that says which rule the file breaks. */
export function checkFile(
  file: { name: string; size: number; type: string; contentEncoding?: 'gzip' },
  policy: FilePolicy,
): void {
  const maxSize = Math.min(policy.maxSize, MAX_SIZE);
  if (file.size > maxSize)
    throw new UploadsError({
      code: 'too-large',
      message: `The file is ${formatBytes(file.size)}; the limit is ${formatBytes(maxSize)}.`,
      hint: 'Choose a smaller file.',
    });
  if (file.size < policy.minSize)
    throw new UploadsError({
      code: 'too-small',
      message: `The file is ${formatBytes(file.size)}; it must be at least ${formatBytes(policy.minSize)}.`,
      hint: 'Choose a larger file, and check that it is the one you meant.',
    });
  if (file.contentEncoding !== undefined && !policy.gzip)
    throw new UploadsError({
      code: 'bad-request',
      message: 'Compressed files are not taken here.',
      hint: 'Send the file as it is. A route takes compressed ones where it says `gzip: true`.',
    });
  if (!policy.accepts.claim(file)) throw typeRefused('Files of this type are not taken here.', policy);
}

/** The file is of no type that the route takes. */
export const typeRefused = (message: string, { accept }: FilePolicy) =>
  new UploadsError({
    code: 'type-refused',
    message,
    hint: hintOfTypes(accept),
  });

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${Number(value.toFixed(value < 10 ? 1 : 0))} ${UNITS[power]}`;
}
