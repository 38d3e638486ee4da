/** In bytes. */
const MEGABYTE = 1_000_000;

/**
 * A file to send: always the same bytes for a size, so that its SHA-256 is known, and no two of its parts alike. It takes one
 * megabyte of memory, whatever its size: each megabyte is its number, and the same noise behind it.
 */
export function createSample(megabytes: number): File {
  const noise = new Uint32Array(MEGABYTE / 4 - 1);
  // Marsaglia's xorshift, of 32 bits.
  let x = 0x9e3779b9;
  for (let i = 0; i < noise.length; i += 1) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    noise[i] = x;
  }
  const piece = new Blob([noise]);
  const pieces = Array.from({ length: megabytes }, (_, number) => [new Uint32Array([number]), piece]).flat();
  return new File(pieces, `sample-${megabytes}-mb.bin`, { type: 'application/octet-stream', lastModified: 0 });
}

/** How large the sample is: 200 MB, or what the page's address asks for, as `?mb=40`. */
export function sampleSize(search: string): number {
  const asked = Number(new URLSearchParams(search).get('mb'));
  return Number.isInteger(asked) && asked > 0 && asked <= 1_000 ? asked : 200;
}
