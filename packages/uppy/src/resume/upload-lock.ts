/** One owner per upload, across tabs. The browser lets go when the tab is gone, however it went. */

/** A page that is being reloaded still holds its locks for a moment. In milliseconds. */
const TIMEOUT = 1_000;

/** Takes the lock and returns what releases it, or undefined where another tab holds it. */
export async function takeUpload(id: string): Promise<(() => void) | undefined> {
  // Missing on plain HTTP: then tabs are not kept apart.
  if (!navigator.locks) return () => {};
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  return new Promise((resolve) => {
    navigator.locks
      .request(`portage:${id}`, { signal: controller.signal }, () => {
        clearTimeout(timer);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(() => resolve(undefined));
  });
}

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
