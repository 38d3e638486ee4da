/** The engine's chance and connectivity, as a browser has them. */
import type { Connectivity, Random } from '@portage/engine';
import { isAsked } from './asks.ts';

export const browserRandom: Random = () => Math.random();

/** When a browser may have its network back: it says so, or the page is looked at or woken again. */
const WAKE_EVENTS: readonly [target: 'window' | 'document', event: string][] = [
  ['window', 'online'],
  ['window', 'pageshow'],
  ['document', 'visibilitychange'],
  ['document', 'resume'],
];

export const browserConnectivity: Connectivity = {
  online: () => navigator.onLine,
  // Chromium's alone; elsewhere nobody can say. https://developer.mozilla.org/docs/Web/API/NetworkInformation
  savesData: () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true,
  isHeld: isAsked,
  between: () => navigator.serviceWorker?.controller ?? undefined,
  onWake(listener) {
    const wake = () => {
      if (document.visibilityState === 'visible' || navigator.onLine) listener();
    };
    for (const [target, event] of WAKE_EVENTS) globalThis[target].addEventListener(event, wake);
    return () => {
      for (const [target, event] of WAKE_EVENTS) globalThis[target].removeEventListener(event, wake);
    };
  },
};
