/**
 * Keeps the screen of a phone on: when it goes dark, the page is stopped and its uploads with it. Does nothing on
 * computers, and where the browser cannot. Returns what ends it.
 */
export function keepAwake(): () => void {
  if (!('wakeLock' in navigator) || !matchMedia('(pointer: coarse)').matches) return () => {};
  let isOver = false;
  let lock: WakeLockSentinel | undefined;
  const request = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (isOver) await lock.release();
    } catch {
      // Low battery or a policy: the upload goes on as long as the screen does.
    }
  };
  // The browser takes it back whenever the page is hidden.
  const again = (): void => void request();
  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
