/** Whether the browser asks the person for a permission, for which requests of this page, or of its worker, are held. */

const askers = new Set<'page' | 'worker'>();
let listener: (() => void) | undefined;

export const isAsked = (): boolean => askers.size > 0;

export function setAsked(who: 'page' | 'worker', asked: boolean): void {
  if (asked === askers.has(who)) return;
  if (asked) askers.add(who);
  else askers.delete(who);
  listener?.();
}

/** @param then - called whenever `isAsked()` has changed. */
export function onAsked(then: () => void): void {
  listener = then;
}
