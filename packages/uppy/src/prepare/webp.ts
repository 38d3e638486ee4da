/** Chunks of a WebP file. @see https://developers.google.com/speed/webp/docs/riff_container */
import { orientationAlone, orientationIn } from './orientation.ts';
import { ifShorter, type Picture } from './pieces.ts';

/** Flags of the chunk VP8X, which says what is in the file. */
const HAS = { profile: 0x20, exif: 0x08, xmp: 0x04, animation: 0x02 } as const;

/** Pixels, frames, transparency and colour profile. */
const LOOKS = /^(?:VP8 |VP8L|VP8X|ALPH|ANIM|ANMF|ICCP)$/;

interface Chunk {
  readonly type: string;
  /** With its head and its padding. */
  readonly whole: Uint8Array<ArrayBuffer>;
  readonly content: Uint8Array<ArrayBuffer>;
}

export function readWebp(bytes: Uint8Array<ArrayBuffer>): Picture | undefined {
  const chunks = chunksOf(bytes);
  if (!chunks) return undefined;
  const head = chunks.find(({ type }) => type === 'VP8X');
  const exif = chunks.find(({ type }) => type === 'EXIF');
  const isAnimated = ((head?.content[0] ?? 0) & HAS.animation) !== 0;
  const kept = chunks.filter(({ type }) => LOOKS.test(type));
  const orientation = exif ? orientationIn(withoutName(exif.content)) : 1;
  const flags = ((head?.content[0] ?? 0) & ~HAS.exif & ~HAS.xmp) | (orientation === 1 ? 0 : HAS.exif);
  const pieces = kept.map((each) => (each === head ? chunk('VP8X', [flags, ...each.content.subarray(1)]) : each.whole));
  if (orientation !== 1) pieces.push(chunk('EXIF', [...orientationAlone(orientation)]));
  return { isAnimated, stripped: ifShorter(file(pieces), bytes) };
}

/** The same WebP with another colour profile: its pixels stay what they are, and are meant as the profile says. */
export function withProfile(
  bytes: Uint8Array<ArrayBuffer>,
  profile: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array<ArrayBuffer>[] | undefined {
  const chunks = chunksOf(bytes);
  if (!chunks) return undefined;
  const head = chunks.find(({ type }) => type === 'VP8X');
  const size = [width - 1, height - 1].flatMap((side) => [side & 0xff, (side >> 8) & 0xff, side >> 16]);
  const content = head ? [...head.content] : [0, 0, 0, 0, ...size];
  const said = chunk('VP8X', [(content[0] ?? 0) | HAS.profile, ...content.slice(1)]);
  const others = chunks.filter(({ type }) => type !== 'VP8X' && type !== 'ICCP');
  return file([said, chunk('ICCP', profile), ...others.map(({ whole }) => whole)]);
}

function chunksOf(bytes: Uint8Array<ArrayBuffer>): Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true));
  for (let start = 12; start + 8 <= end; ) {
    const length = view.getUint32(start + 4, true);
    const next = start + 8 + length + (length % 2);
    if (start + 8 + length > end) return undefined;
    const type = String.fromCharCode(...bytes.subarray(start, start + 4));
    chunks.push({ type, whole: bytes.subarray(start, next), content: bytes.subarray(start + 8, start + 8 + length) });
    start = next;
  }
  return chunks.length > 0 ? chunks : undefined;
}

/** Some writers put the name before it that stands there in a JPEG. */
function withoutName(exif: Uint8Array): Uint8Array {
  return exif[0] === 0x45 ? exif.subarray(6) : exif;
}

function chunk(type: string, content: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(8 + content.length + (content.length % 2));
  made.set(Array.from(type, (char) => char.charCodeAt(0)));
  new DataView(made.buffer).setUint32(4, content.length, true);
  made.set(content, 8);
  return made;
}

function file(chunks: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer>[] {
  const head = new Uint8Array(12);
  head.set(Array.from('RIFF\0\0\0\0WEBP', (char) => char.charCodeAt(0)));
  const length = chunks.reduce((sum, { length }) => sum + length, 4);
  new DataView(head.buffer).setUint32(4, length, true);
  return [head, ...chunks];
}
