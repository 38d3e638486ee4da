'use client';
import { useEffect, useState } from 'react';

/**
 * Whole seconds until `at`, counted down; undefined without `at`, and once it is over. `at` is in milliseconds since the epoch by
 * the clock of a snapshot's `retryAt`, which nobody sets back.
 */
export function useCountdown(at: number | undefined): number | undefined {
  const [seconds, setSeconds] = useState<number>();
  useEffect(() => {
    if (at === undefined) return;
    const left = (): number => at - performance.timeOrigin - performance.now();
    const update = (): void => setSeconds(Math.max(0, Math.ceil(left() / 1000)));
    update();
    const timer = setInterval(update, 1000);
    return () => {
      clearInterval(timer);
      setSeconds(undefined);
    };
  }, [at]);
  return at === undefined ? undefined : seconds || undefined;
}
