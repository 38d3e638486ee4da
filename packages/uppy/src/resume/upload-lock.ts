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
