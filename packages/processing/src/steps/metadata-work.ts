import exif from 'exif-reader';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { parseFile } from 'music-metadata';
import type { ChildWork } from '../step.ts';
import { kindOf } from './kind.ts';
import type { Metadata } from './metadata.ts';
import { openPdf } from './pdf-document.ts';
import { openPicture, reading } from './picture.ts';

/** Heads of larger pictures are read, too: nothing of them is decoded. */
const MOST_PIXELS = 1_000_000_000;

export const work: ChildWork<{ location: boolean }, Metadata> = ({ path, file }, options) =>
  reading(async () => {
    const { kind, type, isSure } = await kindOf(path, file);
    if (kind === 'picture') return pictureOf(path, options.location, isSure);
    if (kind === 'media') return { kind: 'done', result: await mediaOf(path) };
    if (kind === 'pdf') {
      const pdf = await openPdf(path);
      return { kind: 'done', result: { kind: 'pdf', pages: pdf.pages, width: pdf.width, height: pdf.height } };
    }
    return { kind: 'skipped', why: `Nothing is known to read of ${type || 'an unknown type'}.` };
  });

async function pictureOf(
  path: string,
  wantsLocation: boolean,
  isSure: boolean,
): Promise<Awaited<ReturnType<typeof work>>> {
  const picture = await openPicture(path, MOST_PIXELS, isSure);
  // Nobody has to decode a HEIC to read its head; so only what could not be opened ends here.
  if ('code' in picture) return picture;
  const { metadata, width, height } = picture;
  const { format, pages = 1, hasAlpha, exif: bytes } = metadata;
  return {
    kind: 'done',
    result: { kind: 'picture', format, width, height, pages, hasAlpha, ...(bytes && cameraOf(bytes, wantsLocation)) },
  };
}

type CameraFacts = Partial<Pick<Extract<Metadata, { kind: 'picture' }>, 'takenAt' | 'camera' | 'location'>>;

/** What a camera wrote; nothing where that cannot be read, since the picture can. */
function cameraOf(bytes: Buffer, wantsLocation: boolean): CameraFacts {
  let read: ReturnType<typeof exif>;
  try {
    read = exif(bytes);
  } catch {
    return {};
  }
  const { Image, Photo, GPSInfo } = read;
  const taken = Photo?.DateTimeOriginal;
  const camera = [Image?.Make, Image?.Model]
    .filter((text) => typeof text === 'string')
    .join(' ')
    .trim()
    .slice(0, 200);
  const location = wantsLocation && GPSInfo ? locationOf(GPSInfo as Partial<Record<string, unknown>>) : undefined;
  return {
    ...(taken instanceof Date && !Number.isNaN(taken.getTime()) && { takenAt: taken.toISOString().slice(0, 19) }),
    ...(camera !== '' && { camera }),
    ...(location && { location }),
  };
}

function locationOf(gps: Partial<Record<string, unknown>>): CameraFacts['location'] {
  const degrees = (value: unknown, direction: unknown, negative: string) => {
    if (!Array.isArray(value)) return Number.NaN;
    const [whole = Number.NaN, minutes = 0, seconds = 0] = value.map(Number);
    return (whole + minutes / 60 + seconds / 3600) * (direction === negative ? -1 : 1);
  };
  const latitude = degrees(gps['GPSLatitude'], gps['GPSLatitudeRef'], 'S');
  const longitude = degrees(gps['GPSLongitude'], gps['GPSLongitudeRef'], 'W');
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : undefined;
}

async function mediaOf(path: string): Promise<Metadata> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    return (await input.canRead()) ? await streamedOf(input) : await soundOf(path);
  } finally {
    input.dispose();
  }
}

/** Of what browsers and phones record. A recording that was sent piece by piece has its length nowhere: it is gone through. */
async function streamedOf(input: Input): Promise<Metadata> {
  const film = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  const codec = (film ?? sound)?.codec;
  const { title, artist } = await input.getMetadataTags();
  return {
    kind: 'media',
    container: (await input.getFormat()).name,
    ...(codec && { codec }),
    ...secondsOf(await input.computeDuration()),
    // Upright, as players show it.
    ...(film && { width: film.displayWidth, height: film.displayHeight }),
    ...wordsOf(title, artist),
  };
}

/** Of the older formats: AIFF, AVI, WMA … */
async function soundOf(path: string): Promise<Metadata> {
  const { format, common } = await parseFile(path, { duration: true, skipCovers: true });
  const { container = 'unknown', codec, duration } = format;
  return {
    kind: 'media',
    container,
    ...(codec && { codec }),
    ...secondsOf(duration),
    ...wordsOf(common.title, common.artist),
  };
}

const secondsOf = (seconds = Number.NaN) => (Number.isFinite(seconds) ? { seconds } : {});

function wordsOf(title = '', artist = '') {
  return { ...(title && { title: title.slice(0, 500) }), ...(artist && { artist: artist.slice(0, 500) }) };
}
