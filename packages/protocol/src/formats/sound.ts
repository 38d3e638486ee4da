/** Sound that begins with no mark but a frame: MP3 and AAC, with tags and zeros before it. */

import type { View } from './content.ts';
import { matchesAt } from './look.ts';

/** Bit rates in kbit/s by index, of MPEG 1 layers I to III, and of MPEG 2 and 2.5. @see ISO/IEC 11172-3, 13818-3 */
const RATES = {
  '1-1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2-3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const SAMPLE_RATES = [44100, 48000, 32000];

const byte = (text: string, at: number) => (at < text.length ? text.charCodeAt(at) : 0);

/** How long the MPEG frame at `at` is, in bytes; 0 where its length is not told, undefined where there is none. */
function mpegFrame(text: string, at: number): number | undefined {
  const [second, third] = [byte(text, at + 1), byte(text, at + 2)];
  if (byte(text, at) !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = [2.5, undefined, 2, 1][(second >> 3) & 3];
  const layer = [undefined, 3, 2, 1][(second >> 1) & 3];
  const sampleRate = SAMPLE_RATES[(third >> 2) & 3];
  if (version === undefined || layer === undefined || sampleRate === undefined || third >> 4 === 15) return undefined;
  const rates = RATES[`${version === 1 ? 1 : 2}-${layer as 1 | 2 | 3}`];
  const rate = (rates[third >> 4] ?? 0) * 1000;
  if (rate === 0) return 0;
  const hertz = sampleRate / (version === 1 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12 * rate) / hertz) + padding) * 4;
  return Math.floor(((layer === 3 && version !== 1 ? 72 : 144) * rate) / hertz) + padding;
}

/** The same of AAC in ADTS. */
function adtsFrame(text: string, at: number): number | undefined {
  if (byte(text, at) !== 0xff || (byte(text, at + 1) & 0xf6) !== 0xf0) return undefined;
  if (((byte(text, at + 2) >> 2) & 15) > 12) return undefined;
  return ((byte(text, at + 3) & 3) << 11) | (byte(text, at + 4) << 3) | (byte(text, at + 5) >> 5);
}

/** Whether a frame stands at `at`, and behind it another one or the end. */
function framesAt(text: string, at: number, frame: typeof mpegFrame, isEnd: boolean): boolean {
  const length = frame(text, at);
  if (length === undefined || at + 4 > text.length) return false;
  // The length of a free format is not told, and a frame may reach past what was read.
  if (length === 0) return frame === mpegFrame;
  return at + length + 4 > text.length ? isEnd || at < text.length - 4 : frame(text, at + length) !== undefined;
}

/** Zeros in front are what some recorders and streams leave there: most that are passed over, in bytes. */
const MAX_ZEROS = 64 * 1024;

/** What the sound is, and where it begins; undefined where it is none. */
export async function readSound(view: View): Promise<'mp3' | 'aac' | 'flac' | 'other' | undefined> {
  let from = 0;
  let text = view.start;
  const hasTag = matchesAt(text, 0, 'ID3') && byte(text, 3) < 0x10;
  if (hasTag) {
    // Four times seven bits. @see https://id3.org/id3v2.4.0-structure
    const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (byte(text, at) & 127), 0);
    from = 10 + size + (byte(text, 5) & 0x10 ? 10 : 0);
    text = await view.at(from, 4096);
  }
  const zeros = async () => {
    const skipped = /^\0*/.exec(text)?.[0].length ?? 0;
    if (skipped < text.length || text === '' || from > MAX_ZEROS + text.length) return skipped;
    from += skipped;
    text = await view.at(from, MAX_ZEROS);
    return /^\0*/.exec(text)?.[0].length ?? 0;
  };
  const at = hasTag || byte(text, 0) === 0 ? await zeros() : 0;
  const isEnd = from + text.length >= view.size;
  if (framesAt(text, at, adtsFrame, isEnd)) return 'aac';
  if (framesAt(text, at, mpegFrame, isEnd)) return 'mp3';
  if (!hasTag) return undefined;
  if (matchesAt(text, at, 'fLaC')) return 'flac';
  if (['MAC ', 'wvpk', 'OggS', 'TTA1', 'ID3', 'MPCK', 'MP+'].some((mark) => matchesAt(text, at, mark))) return 'other';
  // Some writers count their tag wrong: a frame is somewhere close behind.
  for (let next = at; next < text.length - 4; next++) if (framesAt(text, next, mpegFrame, false)) return 'mp3';
  return undefined;
}
