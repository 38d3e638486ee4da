/** Makes waits short without making anything else short. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';

/** What changes whenever something moves between a page and its store. */
export const movesOf = ({ store }: Backend) => `${store.journal.bytesReceived()} ${store.journal.requests().length}`;

/**
 * Lets the page's clock run ahead for as long as nothing moves, and keep time when something does: a pause between two
 * attempts or the timeout with a silent store costs no time, and a transfer is not taken for a slow one. Needs
 * `page.clock.install()` before the page is opened.
 *
 * @param moves - Changes whenever something moves.
 * @param step - By how much the clock is put forward at once, in milliseconds.
 * @param quiet - For how long nothing must have moved, in milliseconds of real time.
 * @param asks - The page asks its own server for something first. On a busy machine quiet may be the browser's slowness,
 *   and what it was to send before this goes out before it. A page that is just being opened is let be. Not for a network that does not answer.
 */
export async function hurryUntil<T>(
  end: Promise<T>,
  page: Page,
  moves: () => string,
  { step = 2_000, quiet = 300, asks = false }: { step?: number; quiet?: number; asks?: boolean } = {},
): Promise<T> {
  let ended = false;
  const settled = end.finally(() => {
    ended = true;
  });
  // Whoever awaits `settled` hears of it.
  settled.catch(() => {});
  while (!ended) {
    const before = moves();
    await Promise.race([settled, delay(quiet)]).catch(() => {});
    if (asks)
      await page
        .evaluate(() => fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(() => {}))
        .catch(() => {});
    if (!ended && moves() === before) await page.clock.fastForward(step);
  }
  return settled;
}
