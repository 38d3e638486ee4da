import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { heicProfile } from './heic-profile.ts';
import { withProfile as jpegWithProfile } from './jpeg.ts';
import { kindOf, type PictureKind, readPicture } from './picture.ts';
import { prepareImage } from './prepare-image.ts';
import { withProfile as webpWithProfile } from './webp.ts';

afterEach(() => void vi.unstubAllGlobals());

const real = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../../protocol/test/real/${name}`, import.meta.url)));

/** Held upright in the hand, by a camera that says where and when. */
const EXIF = {
  IFD0: { Make: 'Portage', Model: 'Camera 7', Copyright: 'somebody' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 18/1' },
};

/** A picture in Display P3 with all that a camera writes into it. Every pixel is known. */
async function photo(kind: 'jpeg' | 'png' | 'webp', orientation: number) {
  const pixels = Uint8Array.from({ length: 48 * 32 * 3 }, (_, index) => (index * 7 + (index >> 5)) % 256);
  const drawn = sharp(pixels, { raw: { width: 48, height: 32, channels: 3 } }).withIccProfile('p3');
  const described = drawn.withExif(EXIF).withMetadata({ orientation }).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  return new Uint8Array(await described.toFormat(kind, { lossless: true }).toBuffer());
}

const joined = (pieces: readonly Uint8Array[] | undefined) => Buffer.concat([...(pieces ?? [])]);
const contains = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text);

describe.each(['jpeg', 'png', 'webp'] as const)('a photo as %s', (kind) => {
  it.each([1, 6])('loses place, camera and text, and keeps pixels, colour profile and orientation %i', async (turn) => {
    const before = await photo(kind, turn);
    expect(kindOf(before)).toBe(kind);
    const after = joined(readPicture(kind, before)?.stripped);
    expect([contains(before, 'Camera 7'), contains(after, 'Camera 7')]).toEqual([true, false]);
    const [was, is] = await Promise.all([sharp(before).metadata(), sharp(after).metadata()]);
    expect(was.xmp).toBeDefined();
    expect(is.icc).toEqual(was.icc);
    expect([is.orientation ?? 1, is.xmp]).toEqual([turn, undefined]);
    const raw = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
    expect((await raw(after)).equals(await raw(before))).toBe(true);
  });

  it('is left alone once there is nothing to take out', async () => {
    const once = new Uint8Array(joined(readPicture(kind, await photo(kind, 6))?.stripped));
    expect(readPicture(kind, once)).toEqual({ isAnimated: false, stripped: undefined });
  });

  it('is not touched where it is cut off, whatever the place', async () => {
    const whole = await photo(kind, 6);
    for (let length = 0; length < whole.length - 200; length += 97) {
      const read = readPicture(kind, whole.slice(0, length));
      // Of a JPEG the pixels may be cut: what is there can be shown.
      if (kind !== 'jpeg' || !read) expect(read).toBeUndefined();
      else expect(contains(joined(read.stripped), 'Camera 7')).toBe(false);
    }
  });
});

it('drops what stands behind the end of a JPEG, such as the film of a moving photo', async () => {
  const jpeg = await photo('jpeg', 1);
  const moving = new Uint8Array(Buffer.concat([jpeg, Buffer.from('ftypmp42 a film with ©xyz+52.5+13.4')]));
  expect(joined(readPicture('jpeg', moving)?.stripped)).toEqual(joined(readPicture('jpeg', jpeg)?.stripped));
});

it('keeps what a progressive JPEG has between its scans', async () => {
  const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 251);
  const raw = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });
  const before = new Uint8Array(await raw.withExif(EXIF).jpeg({ progressive: true }).toBuffer());
  const after = joined(readPicture('jpeg', before)?.stripped);
  expect(contains(after, 'Camera 7')).toBe(false);
  expect((await sharp(after).raw().toBuffer()).equals(await sharp(before).raw().toBuffer())).toBe(true);
});

it('knows moving pictures, and keeps every frame', async () => {
  const frames = [
    Buffer.from(await photo('png', 1)),
    await sharp(await photo('png', 1))
      .negate()
      .png()
      .toBuffer(),
  ];
  const moving = sharp(frames, { join: { animated: true } });
  const webp = new Uint8Array(await moving.webp({ loop: 3 }).withExif(EXIF).toBuffer());
  const read = readPicture('webp', webp);
  expect(read?.isAnimated).toBe(true);
  const [was, is] = await Promise.all([webp, joined(read?.stripped)].map((bytes) => sharp(bytes).metadata()));
  expect([was?.pages, is?.pages, is?.loop, is?.exif]).toEqual([2, 2, 3, undefined]);
});

it.each<[string, PictureKind]>([
  ['gm.png', 'png'],
  ['jimp.png', 'png'],
  ['sharp.png', 'png'],
  ['upng.png', 'png'],
  ['ff.webp', 'webp'],
  ['im.webp', 'webp'],
  ['photo.webp', 'webp'],
  ['pil.webp', 'webp'],
  ['vips.webp', 'webp'],
])('%s of another writer is the same picture without its metadata', async (name, kind) => {
  const before = await real(name);
  expect(kindOf(before)).toBe(kind);
  const read = readPicture(kind, before);
  expect(read).toBeDefined();
  const after = read?.stripped ? joined(read.stripped) : before;
  const raw = (bytes: Uint8Array) => sharp(bytes, { animated: true }).raw().toBuffer();
  expect((await raw(after)).equals(await raw(before))).toBe(true);
});

it('tells HEIC from AVIF and from films', async () => {
  expect(kindOf(await real('photo.heic'))).toBe('heic');
  expect(kindOf(await real('libheif.avif'))).toBeUndefined();
  expect(kindOf(await real('song.mid'))).toBeUndefined();
  expect(kindOf(new Uint8Array())).toBeUndefined();
});

it.each(['jpeg', 'webp'] as const)('gives a %s the colour profile of another picture', async (kind) => {
  const { icc } = await sharp(await photo('png', 1)).metadata();
  const flat = sharp({ create: { width: 70, height: 50, channels: 3, background: '#a33' } });
  const plain = new Uint8Array(await flat.toFormat(kind).toBuffer());
  // As long as two segments of a JPEG.
  const long = Buffer.concat([icc ?? Buffer.alloc(0), Buffer.alloc(70_000)]);
  for (const profile of [icc ?? Buffer.alloc(0), ...(kind === 'jpeg' ? [long] : [])]) {
    const meant =
      kind === 'jpeg' ? jpegWithProfile(plain, profile) : webpWithProfile(plain, profile, { width: 70, height: 50 });
    const { width, height, icc: got } = await sharp(joined(meant)).metadata();
    expect([width, height]).toEqual([70, 50]);
    if (profile !== long) expect(got).toEqual(profile);
    else expect(joined(meant).length).toBeGreaterThan(plain.length + 70_000);
  }
});

it('finds the colour profile of a HEIC file, and none where there is none', async () => {
  const profile = Buffer.concat([Buffer.alloc(200, 7)]);
  const box = Buffer.alloc(12);
  box.writeUInt32BE(12 + profile.length);
  box.write('colrprof', 4);
  const file = new Uint8Array(Buffer.concat([Buffer.from('….meta'), box, profile, Buffer.from('mdat')]));
  expect(heicProfile(file)).toEqual(new Uint8Array(profile));
  expect(heicProfile(file.slice(0, 100))).toBeUndefined();
  expect(heicProfile(new Uint8Array(5000))).toBeUndefined();
});

it.each([
  ['cannot read pictures', undefined, 'unreadable'],
  ['has no canvas off the page', async () => ({ width: 48, height: 32, close() {} }), 'unsupported'],
])('takes metadata out where the browser %s', async (_, createImageBitmap, is) => {
  vi.stubGlobal('createImageBitmap', createImageBitmap);
  const outcome = await prepareImage(new Blob([await photo('jpeg', 6)]), { maxWidth: 10 });
  expect(outcome).toMatchObject({ is });
  const data = 'data' in outcome ? await outcome.data?.arrayBuffer() : undefined;
  expect(contains(new Uint8Array(data ?? new ArrayBuffer(0)), 'Camera 7')).toBe(false);
  expect((await sharp(data).metadata()).width).toBe(48);
});
