import { fieldsOf } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { asPicked, type PickedFile } from './picked-files.ts';
import { type QueuedFile, refusalAhead, toQueuedFile, toUppyFile } from './queued-file.ts';
import type { Refusal } from './refusal.ts';
import type { Refusals } from './refusals.ts';
import { isLost, type UploadQueue, WINDOW } from './upload-queue.ts';

/** A browser tells nothing of a file to who asks by a Proxy: an `Illegal invocation`, in words of its own. */
const BEHIND_PROXY =
  'A file could not be added: this page has put something around it, such as a Proxy, that the browser does not read. ' +
  'Tell the owner of this page to hand over the File itself.';

interface Parts {
  readonly uppy: Uppy;
  readonly queue: UploadQueue;
  readonly refusals: Refusals;
}

/** Adds files to the list: a few to Uppy at once, many by way of the queue. Returns the ids of those that were taken. */
export function addFiles(
  { uppy, queue, refusals }: Parts,
  files: Iterable<File> | readonly PickedFile[],
): readonly string[] {
  const { uploads } = queue;
  const queued = [...files].map((item) => {
    try {
      // Not by its class: a file may be of another window, and some WebViews replace `window.File`.
      return toQueuedFile(uppy, 'file' in item ? item : asPicked(item));
    } catch (cause) {
      throw new TypeError(BEHIND_PROXY, { cause });
    }
  });
  // Picking a file again that failed means to try it again, not that it is there twice.
  const isAgain = ({ info }: QueuedFile): boolean => isLost(uploads, info.id);
  const again = queued.filter(isAgain);
  const others = queued.filter((file) => !isAgain(file));
  const isShort = queue.outside.size === 0 && Object.keys(uppy.getState().files).length + others.length <= WINDOW;
  const toUppy = isShort ? queued : again;
  const [second] = others;
  const offer = second && others.length === 1 && again.length === 0 && replacement({ uppy, queue, refusals }, second);
  if (offer) {
    refusals.add([offer]);
    return [];
  }
  // Removed and added in the same breath: what is stored of it is kept, and what people have said of it.
  const fields = new Map(again.map(({ info: { id } }) => [id, fieldsOf(uppy.getFile(id)?.meta ?? {})]));
  uppy.removeFiles([...fields.keys()]);
  const before = uppy.getState().files;
  if (toUppy.length > 0) uppy.addFiles(toUppy.map(({ info, picked }) => toUppyFile(picked, fields.get(info.id))));
  const ids = toUppy.flatMap(({ info: { id } }) => (!(id in before) && uppy.checkIfFileAlreadyExists(id) ? [id] : []));
  if (isShort) return ids;

  const { taken, refused } = sort(uppy, queue, others);
  const tooMuch = aggregateRefusal(uppy, queue, taken);
  if (tooMuch) {
    refusals.add([...refused, tooMuch]);
    return ids;
  }
  refusals.add(refused);
  queue.add(taken);
  return [...ids, ...taken.map(({ info }) => info.id)];
}

/** Where there may be one file and the list has it, another one may take its place: the person is asked. */
function replacement(parts: Parts, { info, picked }: QueuedFile): Refusal | undefined {
  const { uppy, queue, refusals } = parts;
  const [id, ...more] = uppy.opts.restrictions.maxNumberOfFiles === 1 ? queue.ids() : [];
  const present = id !== undefined && more.length === 0 && id !== info.id ? queue.info(id) : undefined;
  if (!present || refusalAhead(uppy, { info, picked })) return undefined;
  return {
    reason: 'second',
    name: present.name,
    refused: info.name,
    replace() {
      refusals.clear();
      queue.remove([present.id]);
      uppy.removeFiles([present.id]);
      addFiles(parts, [picked]);
    },
  };
}

function sort(uppy: Uppy, queue: UploadQueue, files: readonly QueuedFile[]) {
  const taken = new Map<string, QueuedFile>();
  const refused: Refusal[] = [];
  for (const file of files) {
    const { id, name } = file.info;
    const isThere = taken.has(id) || queue.outside.get(id) !== undefined || uppy.checkIfFileAlreadyExists(id);
    const refusal: Refusal | undefined = isThere ? { reason: 'duplicate', name } : refusalAhead(uppy, file);
    if (refusal) refused.push(refusal);
    else taken.set(id, file);
  }
  return { taken: [...taken.values()], refused };
}

/** Uppy checks these against what it has, which is not all. Like Uppy, it is all or none. */
function aggregateRefusal(uppy: Uppy, queue: UploadQueue, adding: readonly QueuedFile[]): Refusal | undefined {
  const { maxNumberOfFiles, maxTotalFileSize } = uppy.opts.restrictions;
  const { outside } = queue;
  const inside = uppy.getFiles();
  if (maxNumberOfFiles && inside.length + outside.size + adding.length > maxNumberOfFiles) {
    return { reason: 'too-many', limit: maxNumberOfFiles };
  }
  let bytes = outside.sums.waitingBytes + outside.sums.doneBytes;
  for (const { size } of [...inside, ...adding.map(({ info }) => info)]) bytes += size ?? 0;
  if (maxTotalFileSize && bytes > maxTotalFileSize) return { reason: 'total-size', limit: maxTotalFileSize };
  return undefined;
}
