import type { ProcessedFile } from './file.ts';
import type { Store } from './store.ts';

/** What a sweep has found. */
export interface Swept {
  /** Files that were looked at. */
  readonly files: number;
  /** Those among them that had no result, and are in the queue now. */
  readonly enqueued: number;
}

/** Files that are looked at at once. */
const AT_ONCE = 8;

/** Goes through the files below a prefix; `each` says whether one was enqueued. */
export async function sweep(
  store: Store,
  of: string,
  { prefix, before }: { prefix: string; before: number },
  each: (file: ProcessedFile) => Promise<boolean>,
): Promise<Swept> {
  let files = 0;
  let enqueued = 0;
  let batch: Promise<boolean>[] = [];
  const settle = async () => {
    const all = await Promise.all(batch);
    enqueued += all.filter(Boolean).length;
    batch = [];
  };
  for await (const { key, size, etag, storedAt } of store.listObjects(of)) {
    // What was made of files is no file; nor is one that the upload server is still looking at.
    if (key.startsWith(prefix) || key.includes('~pending/') || storedAt > before) continue;
    files += 1;
    const name = key.slice(key.lastIndexOf('/') + 1);
    batch.push(each({ key, size, etag, type: '', name }));
    if (batch.length === AT_ONCE) await settle();
  }
  await settle();
  return { files, enqueued };
}
