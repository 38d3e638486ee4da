/** Tells whether a file is the same as before, without reading all of it. */
import { arriving } from '../arriving.ts';

/** Bytes read at the start, in the middle and at the end. */
const SAMPLE = 64 * 1024;

/**
 * A digest of a file's size and of samples of its content; not of its name, path or date, which change when a file is
 * moved or downloaded again. Rejects with a DOMException where the file cannot be read.
 */
export async function fingerprintOf(data: Blob): Promise<string> {
  const { size } = data;
  const starts = size <= 3 * SAMPLE ? [0] : [0, Math.floor((size - SAMPLE) / 2), size - SAMPLE];
  const length = size <= 3 * SAMPLE ? size : SAMPLE;
  const samples = await Promise.all(starts.map((start) => data.slice(start, start + length).arrayBuffer()));
  // Firefox gives what there is of a file that has become shorter.
  if (samples.some(({ byteLength }) => byteLength !== length))
    throw new DOMException('The file is shorter than it was.', 'NotReadableError');
  const prefix = new TextEncoder().encode(`${size}:`);
  const digest = await sha256(new Uint8Array(await new Blob([prefix, ...samples]).arrayBuffer()));
  return `v1-${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** WebCrypto is missing on plain HTTP; only there the code for it is loaded. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (globalThis.crypto?.subtle) return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return (await arriving(import('@noble/hashes/sha2.js'))).sha256(bytes);
}
