'use client';
import { useEffect, useState } from 'react';

/** Whole seconds until `at` (milliseconds since the epoch), counted down; undefined without `at`, and once it is over. */
export function useCountdown(at: number | undefined): number | undefined {
  const [seconds, setSeconds] = useState<number>();
  useEffect(() => {
    if (at === undefined) return;
    const update = (): void => setSeconds(Math.max(0, Math.ceil((at - Date.now()) / 1000)));
    update();
    const timer = setInterval(update, 1000);
    return () => {
      clearInterval(timer);
      setSeconds(undefined);
    };
  }, [at]);
  return at === undefined ? undefined : seconds || undefined;
}
