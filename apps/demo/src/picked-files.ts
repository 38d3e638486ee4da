import type { UploadedFile } from '@portage/react';

/** What was picked in this session, by the key that the server gave it. */
export type PickedFiles = ReadonlyMap<string, Blob>;

/** The object's key, from the server's response on completion. */
export function pickedKey({ body }: Pick<UploadedFile, 'body'>): string | undefined {
  const { key } = body;
  return typeof key === 'string' ? key : undefined;
}
