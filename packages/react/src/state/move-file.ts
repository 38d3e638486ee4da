import type { Uppy } from '@uppy/core';
import type { UploadQueue } from './upload-queue.ts';

/** Puts a file at another place of the list, which is the order of the keys in a form too. */
export function moveFile(uppy: Uppy, queue: UploadQueue, id: string, to: number): void {
  const seen = queue.ids();
  if (!seen.includes(id)) return;
  // Of the files that are seen; the others stay where they are among them.
  const before = seen.filter((other) => other !== id)[to];
  queue.arrange((ids) => {
    const left = ids.filter((other) => other !== id);
    const at = before === undefined ? left.length : left.indexOf(before);
    const order = [...left.slice(0, at), id, ...left.slice(at)];
    const { files } = uppy.getState();
    const inUppy = order.flatMap((each) => (files[each] ? [[each, files[each]] as const] : []));
    uppy.setState({ files: Object.fromEntries(inUppy) });
    return order;
  });
  // Whoever shows the list looks again.
  queue.outside.hide(queue.outside.hidden);
}
