export interface SizeEntry {
  readonly name: string;
  readonly code: string;
  readonly external: readonly RegExp[];
  /** In kB of 1000 bytes, gzipped. */
  readonly budget: number;
}
export const ENTRIES: readonly SizeEntry[];
/** Bytes of gzip. */
export function measure(
  entry: Pick<SizeEntry, 'code' | 'external'>,
): Promise<{ readonly initial: number; readonly later: Readonly<Record<string, number>> }>;
