/**
 * The colour profile that a HEIC file has in it. A decoder gives its pixels as they are, and cameras of phones mean them in
 * Display P3: taken for sRGB, they look pale. @see ISO/IEC 14496-12, 12.1.5, `colr`
 */
export function heicProfile(bytes: Uint8Array): Uint8Array | undefined {
  // Boxes in boxes; a profile stands in the first kilobytes, and nowhere else are these eight letters.
  const head = String.fromCharCode(...new Uint16Array(bytes.subarray(0, MOST)));
  const at = Math.max(head.indexOf('colrprof'), head.indexOf('colrrICC'));
  if (at < 4) return undefined;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at - 4);
  const profile = bytes.subarray(at + 8, at - 4 + size);
  return profile.length > 128 && profile.length === size - 12 ? profile : undefined;
}

const MOST = 65_536;
