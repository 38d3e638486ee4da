import { UploadsError } from './errors.ts';

/**
 * Waits for what a call comes to, so long at most. What takes longer goes on by itself, and is there when the caller asks
 * again.
 * @param late Hears of a failure that nobody waits for any more.
 * @throws UploadsError `store-unavailable`.
 */
export async function inTime<T>(running: Promise<T>, milliseconds: number, late: (error: unknown) => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(tooSlow());
    }, milliseconds);
  });
  running.catch((error: unknown) => {
    if (isOver) late(error);
  });
  try {
    return await Promise.race([running, over]);
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow = () =>
  new UploadsError({
    code: 'store-unavailable',
    message: 'The file store takes longer than usual.',
    hint: 'Nothing is lost; it goes on, and is asked for again.',
    retryAfter: 1,
  });
