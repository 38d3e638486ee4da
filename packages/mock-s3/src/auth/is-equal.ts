import { timingSafeEqual } from 'node:crypto';

/** Compares signatures. */
export function isEqual(expected: string, provided: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(provided)];
  return a.length === b.length && timingSafeEqual(a, b);
}
