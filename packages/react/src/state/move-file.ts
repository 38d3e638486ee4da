import type { Uppy } from '@uppy/core';
import type { UploadQueue } from './upload-queue.ts';

/** Puts a file at another place of the list, which is the order of the keys in a form too. */
export function moveFile(uppy: Uppy, queue: UploadQueue, id: string, to: number): void {
  const seen = queue.ids();
  if (!seen.includes(id)) return;
  // Of the files that are seen; the others stay where they are among them.
  const before = seen.filter((other) => other !== id)[to];
  arrangeFiles(uppy, queue, (ids) => {
    const left = ids.filter((other) => other !== id);
    const at = before === undefined ? left.length : left.indexOf(before);
    return [...left.slice(0, at), id, ...left.slice(at)];
  });
}

/** Gives the list another order, in Uppy too. @param change - gets all ids, also of files that nobody sees. */
export function arrangeFiles(uppy: Uppy, queue: UploadQueue, change: Parameters<UploadQueue['arrange']>[0]): void {
  queue.arrange((ids) => {
    const order = change(ids);
    const { files } = uppy.getState();
    const inUppy = order.flatMap((each) => (files[each] ? [[each, files[each]] as const] : []));
    uppy.setState({ files: Object.fromEntries(inUppy) });
    return order;
  });
  // Whoever shows the list looks again.
  queue.outside.hide(queue.outside.hidden);
}
