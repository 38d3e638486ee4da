/** The bytes of a file. No more are read than its format needs to be told. */

/** Reads the bytes from `start` up to, not including, `end`. */
export type Read = (start: number, end: number) => Promise<Uint8Array>;

export interface Content {
  /** In bytes. */
  readonly size: number;
  readonly read: Read;
}

/** How much is read of the start of every file, in bytes. */
export const SAMPLE_BYTES = 4100;

/** Most reads of one file, and most bytes of one read: what is laid out so badly that these do not do stays untold. */
const MAX_READS = 24;
const MAX_BYTES = 66 * 1024;

/** A file as its formats are looked for in it. */
export interface View {
  readonly size: number;
  /** The first {@link SAMPLE_BYTES}. */
  readonly head: Uint8Array;
  /** The same, each byte a character. */
  readonly start: string;
  /** Bytes from anywhere, each a character; fewer at the file's end, none once too much was read. Negative: from the end. */
  at(from: number, length: number): Promise<string>;
}

/** Each byte a character. */
export function characters(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

export async function openContent({ size, read }: Content): Promise<View> {
  const head = size === 0 ? new Uint8Array() : await read(0, Math.min(size, SAMPLE_BYTES));
  const start = characters(head);
  let reads = 0;
  return {
    size,
    head,
    start,
    async at(from, length) {
      const first = from < 0 ? Math.max(0, size + from) : from;
      const end = Math.min(size, first + Math.min(length, MAX_BYTES));
      if (end <= head.length) return start.slice(first, end);
      if (first >= end || reads++ >= MAX_READS) return '';
      return characters(await read(first, end));
    },
  };
}

/** Numbers as they stand in a file; 0 where it ends before. */
export const u16 = (text: string, at: number) => byte(text, at) + byte(text, at + 1) * 0x100;
export const u32 = (text: string, at: number) => u16(text, at) + u16(text, at + 2) * 0x10000;
export const u32be = (text: string, at: number) =>
  ((byte(text, at) * 0x100 + byte(text, at + 1)) * 0x100 + byte(text, at + 2)) * 0x100 + byte(text, at + 3);
const byte = (text: string, at: number) => (at < text.length ? text.charCodeAt(at) : 0);
