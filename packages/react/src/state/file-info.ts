import type { Uppy } from '@uppy/core';

/** What is known of a file. A new object when it changes, as after a compressor or an image editor. */
export interface FileInfo {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** MIME type, as the browser guesses it. */
  readonly type: string;
  /** The path inside the folder that was picked, if it was one. */
  readonly relativePath: string | undefined;
  /** Whether it comes from another service, by way of Companion. Its upload cannot be paused. @default false */
  readonly isRemote?: boolean | undefined;
  /** Address of a small picture of it, where a plugin such as `ThumbnailGenerator` has made one. */
  readonly preview?: string | undefined;
}

/** Of a file inside Uppy; undefined for any other. */
export function fileInfoOf(uppy: Uppy, id: string): FileInfo | undefined {
  // A row may render once more between the removal of its file and its own.
  const file: ReturnType<typeof uppy.getFile> | undefined = uppy.getFile(id);
  if (!file) return undefined;
  const { relativePath } = file.meta;
  return {
    id,
    name: file.name ?? '',
    size: file.size ?? 0,
    type: file.type,
    relativePath: typeof relativePath === 'string' ? relativePath : undefined,
    isRemote: file.isRemote,
    preview: file.preview,
  };
}
