import type { Intent } from '../vocabulary.ts';

/** Whether a file is still what its upload began with, by all that the server was told of it. */
export function isSameFile(a: Intent, b: Intent): boolean {
  const told = ({ name, size, type, meta }: Intent) => JSON.stringify([name, size, type, Object.entries(meta).sort()]);
  return told(a) === told(b);
}
