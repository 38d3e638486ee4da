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

/**
 * Calls `listener` once no tab works on the upload any more; not where none does now. It looks at once and does not wait a
 * moment first: an upload that is let go of in that moment would be told to nobody.
 */
export async function whenFree(id: string, listener: () => void, signal: AbortSignal): Promise<void> {
  const name = `portage:${id}`;
  const isTaken = await navigator.locks?.request(name, { ifAvailable: true }, (lock) => lock === null);
  if (isTaken) await navigator.locks.request(name, { signal }, () => {}).then(listener, () => {});
}

/** Whether no tab works on the upload at this moment, this one included. */
export async function isFree(id: string): Promise<boolean> {
  const release = await takeUpload(id);
  release?.();
  return release !== undefined;
}
