/** Which uploads no tab works on. Loaded with what an earlier page left unfinished. */
import { takeUpload } from './upload-lock.ts';

/** Calls `listener` once no tab works on an upload any more that one worked on just now. */
export async function whenFree(id: string, listener: () => void, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(`portage:${id}`, { signal }, () => {}).then(listener, () => {});
}

/** The uploads that a tab works on at this moment, this one included. Asked once for all: there may be a thousand. */
export async function takenUploads(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name = '' }) => name.replace(/^portage:/, '')));
}

/** Whether no tab works on the upload any more; a page that is being reloaded is waited for. */
export async function isFree(id: string): Promise<boolean> {
  const release = await takeUpload(id);
  release?.();
  return release !== undefined;
}
