/** Why a file was not taken into the list. */
export type Refusal =
  | { readonly reason: 'too-large' | 'too-small'; readonly name: string; readonly size: number; readonly limit: number }
  | { readonly reason: 'type'; readonly name: string; readonly types: readonly string[] }
  | { readonly reason: 'duplicate'; readonly name: string }
  | { readonly reason: 'too-many'; readonly limit: number }
  | {
      readonly reason: 'second';
      /** The one file that there may be, and the one that was refused. */
      readonly name: string;
      readonly refused: string;
      /** Takes the refused file in place of the other, whose upload ends. */
      replace(): void;
    }
  | { readonly reason: 'total-size'; readonly limit: number }
  | { readonly reason: 'unreadable'; readonly name: string }
  | { readonly reason: 'nothing' }
  | { readonly reason: 'other'; readonly name: string | undefined; readonly message: string };

/** What is known of a refused file. */
export interface RefusedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number | null;
}

/** The limits that Uppy checks; see its `restrictions` option. */
export interface Limits {
  readonly maxFileSize?: number | null;
  readonly minFileSize?: number | null;
  readonly maxTotalFileSize?: number | null;
  readonly maxNumberOfFiles?: number | null;
  readonly allowedFileTypes?: readonly string[] | null;
}

/** What Uppy knew when it refused. */
export interface RefusalContext {
  readonly limits: Limits;
  /** Whether the list has this id. */
  has(id: string): boolean;
}

/**
 * Uppy's restriction errors carry a sentence but no code, and most sentences do not name the file. This finds the
 * reason again from the limits, and falls back to Uppy's sentence where it cannot.
 */
export function refusalOf(file: RefusedFile | undefined, message: string, context: RefusalContext): Refusal {
  const { maxFileSize, minFileSize, maxTotalFileSize, maxNumberOfFiles, allowedFileTypes } = context.limits;
  if (!file) {
    // Uppy checks the count before the size.
    if (maxNumberOfFiles && !maxTotalFileSize) return { reason: 'too-many', limit: maxNumberOfFiles };
    if (maxTotalFileSize && !maxNumberOfFiles) return { reason: 'total-size', limit: maxTotalFileSize };
    return { reason: 'other', name: undefined, message };
  }
  const { name, size } = file;
  if (context.has(file.id)) return { reason: 'duplicate', name };
  if (size !== null && maxFileSize && size > maxFileSize)
    return { reason: 'too-large', name, size, limit: maxFileSize };
  if (size !== null && minFileSize && size < minFileSize)
    return { reason: 'too-small', name, size, limit: minFileSize };
  if (allowedFileTypes && message.includes(allowedFileTypes.join(', ')))
    return { reason: 'type', name, types: allowedFileTypes };
  return { reason: 'other', name, message };
}
