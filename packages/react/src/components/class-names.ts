/** The part's own class, and the app's after it. */
export function classNames(own: string, given: string | undefined): string {
  return given ? `${own} ${given}` : own;
}

/** A `data-*` attribute that is there or not: `data-dragging=""`. */
export function flag(value: boolean): '' | undefined {
  return value ? '' : undefined;
}
