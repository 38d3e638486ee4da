/** Segments of a JPEG file. @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
import { orientationAlone, orientationIn } from './orientation.ts';
import { ifShorter, type Picture } from './pieces.ts';

const ICC = 'ICC_PROFILE\0';
/** Most bytes of a profile in one segment: its length is 16 bits, and counts itself, the name, and two numbers. */
const ICC_PER_SEGMENT = 65_535 - 2 - ICC.length - 2;

interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
  /** What an application segment begins with. */
  readonly name: string;
}

/** What a decoder needs: the pixels, how their colours are meant, and nothing that an application has written beside. */
function isNeeded({ marker, name }: Segment): boolean {
  if (marker === 0xe0) return name.startsWith('JFIF\0');
  if (marker === 0xe2) return name.startsWith(ICC);
  if (marker === 0xee) return name.startsWith('Adobe');
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  const isComment = marker === 0xfe;
  return !isApplication && !isComment;
}

/** Films and further pictures of a camera stand behind the end, and have places in them too: they go with the rest. */
export function readJpeg(bytes: Uint8Array<ArrayBuffer>): Picture | undefined {
  const segments = segmentsOf(bytes);
  if (!segments) return undefined;
  const exif = segments.find(({ marker, name }) => marker === 0xe1 && name.startsWith('Exif\0'));
  const orientation = exif ? orientationIn(bytes.subarray(exif.start + 10, exif.end)) : 1;
  const upright = orientation === 1 ? [] : [segment(0xe1, 'Exif\0\0', orientationAlone(orientation))];
  const kept = segments.filter(isNeeded).map(({ start, end }) => bytes.subarray(start, end));
  return { isAnimated: false, stripped: ifShorter([bytes.subarray(0, 2), ...upright, ...kept], bytes) };
}

/** The same JPEG with another colour profile: its pixels stay what they are, and are meant as the profile says. */
export function withProfile(
  bytes: Uint8Array<ArrayBuffer>,
  profile: Uint8Array,
): Uint8Array<ArrayBuffer>[] | undefined {
  const segments = segmentsOf(bytes);
  if (!segments) return undefined;
  const count = Math.ceil(profile.length / ICC_PER_SEGMENT);
  const profiles = Array.from({ length: count }, (_, index) => {
    const piece = profile.subarray(index * ICC_PER_SEGMENT, (index + 1) * ICC_PER_SEGMENT);
    return segment(0xe2, `${ICC}${String.fromCharCode(index + 1, count)}`, piece);
  });
  const others = segments.filter(({ marker, name }) => marker !== 0xe2 || !name.startsWith(ICC));
  return [bytes.subarray(0, 2), ...profiles, ...others.map(({ start, end }) => bytes.subarray(start, end))];
}

/** All behind the first two bytes; undefined where they do not follow one another. */
function segmentsOf(bytes: Uint8Array<ArrayBuffer>): Segment[] | undefined {
  const segments: Segment[] = [];
  for (let start = 2; start < bytes.length; ) {
    if (bytes[start] !== 0xff) return undefined;
    let at = start;
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at] ?? 0;
    at += 1;
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
    const length = isAlone ? 0 : ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if ((!isAlone && length < 2) || at + length > bytes.length) return undefined;
    const end = marker === 0xda ? endOfScan(bytes, at + length) : at + length;
    const name = isAlone ? '' : String.fromCharCode(...bytes.subarray(at + 2, Math.min(at + 16, end)));
    segments.push({ marker, start, end, name });
    if (marker === 0xd9) break;
    start = end;
  }
  // A file that lost its last bytes can be shown, and one that ends before its pixels cannot.
  return segments.some(({ marker }) => marker === 0xda) ? segments : undefined;
}

/** Of what follows 255 in coded pixels, 0 and the eight restart markers belong to them. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function segment(marker: number, name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(4 + name.length + content.length);
  made.set([0xff, marker, (made.length - 2) >> 8, (made.length - 2) & 0xff]);
  made.set(
    Array.from(name, (char) => char.charCodeAt(0)),
    4,
  );
  made.set(content, 4 + name.length);
  return made;
}
