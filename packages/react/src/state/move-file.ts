import type { Uppy } from '@uppy/core';
import type { UploadQueue } from './upload-queue.ts';

/** False while some files of a long list are outside Uppy: those have no place among Uppy's. */
export const canMove = (queue: UploadQueue): boolean => queue.outside.size === 0;

/** Puts a file at another place of the list, which is the order of the keys in a form too. */
export function moveFile(uppy: Uppy, queue: UploadQueue, id: string, to: number): void {
  const { files } = uppy.getState();
  const moved = files[id];
  if (!moved || !canMove(queue)) return;
  // Of the files that are seen; the others stay where they are among them.
  const others = queue.ids().filter((other) => other !== id);
  const before = others[to];
  const left = Object.entries(files).filter(([other]) => other !== id);
  const at = before === undefined ? left.length : left.findIndex(([other]) => other === before);
  uppy.setState({ files: Object.fromEntries([...left.slice(0, at), [id, moved], ...left.slice(at)]) });
  // Whoever shows the list looks again.
  queue.outside.hide(queue.outside.hidden);
}
