/** Each step with files that real writers wrote: sharp, heif-enc, ffmpeg, pdf-lib, Python's zipfile. */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib, { gunzipSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChildren } from '../child/children.ts';
import { built } from '../run-job.ts';
import type { Step, StepOutcome } from '../step.ts';
import { archive } from './archive.ts';
import { image } from './image.ts';
import { metadata } from './metadata.ts';
import { pdf } from './pdf.ts';
import { video } from './video.ts';

const children = createChildren();
const folder = mkdtempSync(join(tmpdir(), 'portage-steps-'));
afterAll(() => {
  children.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
/** What a step makes of these bytes. */
async function take<R>(step: Step<string, R>, bytes: Uint8Array, name = 'file', type = ''): Promise<StepOutcome<R>> {
  const own = join(folder, String(count++));
  mkdirSync(own);
  const path = join(own, 'in');
  writeFileSync(path, bytes);
  const file = { key: name, etag: '"e"', size: bytes.length, type, name };
  return step.run({
    file,
    path,
    folder: own,
    signal: new AbortController().signal,
    inChild: (module, options) =>
      children.run({ module: built(module), file, path, folder: own, options }, { seconds: 60, memory: 2048 }) as never,
  });
}

async function done<R>(step: Step<string, R>, bytes: Uint8Array, name?: string, type?: string) {
  const outcome = await take(step, bytes, name, type);
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  const files = (outcome.files ?? []).map((file) => ({ ...file, bytes: readFileSync(file.path) }));
  return { result: outcome.result, files };
}

const has = (program: string) => spawnSync('which', [program]).status === 0;
const SMALL = image({ widths: [40, 80], formats: ['webp', 'jpeg'] });
const plain = (width: number, height: number, background = '#c03020') =>
  sharp({ create: { width, height, channels: 3, background } });
/** The pixel in the middle of a picture. */
async function middleOf(bytes: Uint8Array): Promise<number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

describe('the step image', { timeout: 60_000 }, () => {
  it('makes each width in each format, none wider than the picture, and a placeholder', async () => {
    const { result, files } = await done(SMALL, await plain(60, 30).jpeg().toBuffer());
    expect(result).toMatchObject({ width: 60, height: 30, hasAlpha: false });
    expect(Buffer.from(result.placeholder, 'base64').length).toBeGreaterThan(4);
    expect(files.map(({ name, type, width, height }) => [name, type, width, height])).toEqual([
      ['40.webp', 'image/webp', 40, 20],
      ['40.jpg', 'image/jpeg', 40, 20],
      ['60.webp', 'image/webp', 60, 30],
      ['60.jpg', 'image/jpeg', 60, 30],
    ]);
    for (const { bytes, width } of files) expect((await sharp(bytes).metadata()).width).toBe(width);
  });

  it('turns a picture upright, and keeps nothing of its metadata', async () => {
    const lying = await plain(60, 30)
      .withExif({ IFD0: { Model: 'Camera' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { result, files } = await done(image({ widths: [20] }), lying);
    expect([result.width, result.height, files[0]?.width, files[0]?.height]).toEqual([30, 60, 20, 40]);
    const made = await sharp(files[0]?.bytes).metadata();
    expect([made.exif, made.orientation]).toEqual([undefined, undefined]);
  });

  it('takes a JPEG that ends too early as far as it goes', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
    const whole = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#000', noise } })
      .jpeg()
      .toBuffer();
    expect((await done(SMALL, whole.subarray(0, -2))).files).toHaveLength(4);
    expect((await done(SMALL, whole.subarray(0, whole.length / 2))).files).toHaveLength(4);
  });

  it('opens an SVG whose beginning stands far behind a comment', async () => {
    const drawn =
      '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="50" height="50" fill="#00f"/></svg>';
    const svg = `<?xml version="1.0"?><!-- ${'x'.repeat(3000)} -->${drawn}`;
    const { files } = await done(image({ widths: [50], formats: ['png'] }), Buffer.from(svg), 'drawing.svg');
    expect((await middleOf(files[0]?.bytes ?? Buffer.of())).slice(0, 3)).toEqual([0, 0, 255]);
  });

  it('shows 16 bits as 8, CMYK as RGB, and what is transparent in a JPEG as white', async () => {
    const deep = await plain(50, 50).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const made = await done(image({ widths: [50], formats: ['png'] }), deep);
    expect((await sharp(made.files[0]?.bytes).metadata()).depth).toBe('uchar');

    const printed = await done(SMALL, await plain(50, 50).toColourspace('cmyk').jpeg().toBuffer());
    expect((await sharp(printed.files[0]?.bytes).metadata()).space).toBe('srgb');

    const grey = await sharp(Buffer.alloc(50 * 50 * 2), { raw: { width: 50, height: 50, channels: 2 } })
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).hasAlpha).toBe(true);
    const { files } = await done(image({ widths: [50], formats: ['jpeg'] }), grey);
    expect((await middleOf(files[0]?.bytes ?? Buffer.of())).every((value) => value > 250)).toBe(true);
  });

  it('takes the first frame of an animation', async () => {
    const frames = await Promise.all(['#f00', '#0f0'].map((color) => plain(40, 40, color).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const { result, files } = await done(image({ widths: [40], formats: ['png'] }), gif);
    expect([result.width, result.height]).toEqual([40, 40]);
    expect((await middleOf(files[0]?.bytes ?? Buffer.of())).slice(0, 3)).toEqual([255, 0, 0]);
    expect((await done(metadata(), gif)).result).toMatchObject({
      kind: 'picture',
      format: 'gif',
      height: 40,
      pages: 2,
    });
  });

  it('refuses what has more pixels than are decoded', async () => {
    const large = await plain(2000, 1000).png().toBuffer();
    expect(await take(image({ mostPixels: 1_000_000 }), large)).toMatchObject({
      kind: 'unreadable',
      code: 'too-large',
    });
  });

  it.each([
    ['garbage.jpg', Buffer.from('no picture at all')],
    ['empty.png', Buffer.of()],
    ['head-only.png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ])('says of %s that it cannot be read', async (name, bytes) => {
    expect(await take(SMALL, bytes, name)).toMatchObject({ kind: 'unreadable', code: 'unreadable' });
  });

  it('leaves alone what is no picture', async () => {
    expect(await take(SMALL, Buffer.from('hello'), 'notes.txt', 'text/plain')).toMatchObject({ kind: 'skipped' });
  });

  it.skipIf(!has('heif-enc'))('decodes what iPhones write, which sharp alone cannot', async () => {
    const png = join(folder, 'in.png');
    const heic = join(folder, 'in.heic');
    writeFileSync(png, await plain(256, 128, '#2040c0').png().toBuffer());
    execFileSync('heif-enc', ['-q', '90', '-o', heic, png], { stdio: 'ignore' });
    const bytes = readFileSync(heic);
    await expect(sharp(bytes).raw().toBuffer()).rejects.toThrow();
    const { result, files } = await done(image({ widths: [128], formats: ['png'] }), bytes, 'IMG_0001.HEIC');
    expect([result.width, result.height]).toEqual([256, 128]);
    const [red = 0, green = 0, blue = 0] = await middleOf(files[0]?.bytes ?? Buffer.of());
    for (const [is, was] of [
      [red, 0x20],
      [green, 0x40],
      [blue, 0xc0],
    ] as const)
      expect(Math.abs(is - was)).toBeLessThan(12);
    expect((await done(metadata(), bytes)).result).toMatchObject({ kind: 'picture', format: 'heif', width: 256 });
  });
});

describe('the step metadata', { timeout: 60_000 }, () => {
  const photo = () =>
    plain(60, 30)
      .withExif({
        IFD0: { Make: 'Maker', Model: 'Model 1' },
        IFD2: { DateTimeOriginal: '2026:11:29 20:15:00' },
        IFD3: {
          GPSLatitudeRef: 'S',
          GPSLatitude: '33/1 30/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '151/1 15/1 0/1',
        },
      })
      .jpeg()
      .toBuffer();

  it('tells camera and time, and the place only where it is asked for', async () => {
    const { result } = await done(metadata(), await photo());
    expect(result).toEqual({
      kind: 'picture',
      format: 'jpeg',
      width: 60,
      height: 30,
      pages: 1,
      hasAlpha: false,
      takenAt: '2026-11-29T20:15:00',
      camera: 'Maker Model 1',
    });
    expect((await done(metadata({ location: true }), await photo())).result).toMatchObject({
      location: { latitude: -33.5, longitude: 151.25 },
    });
  });

  it('says nothing of a text', async () => {
    expect(await take(metadata(), Buffer.from('hello'), 'a.txt')).toMatchObject({ kind: 'skipped' });
  });
});

describe('the step pdf', { timeout: 60_000 }, () => {
  it('draws the first page', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([200, 100]);
    const { rgb } = await import('pdf-lib');
    page.drawRectangle({ x: 0, y: 0, width: 200, height: 100, color: rgb(1, 0, 0) });
    document.addPage([50, 50]);
    const bytes = await document.save();
    const { result, files } = await done(pdf({ widths: [100], formats: ['png'] }), bytes);
    expect(result.pages).toBe(2);
    expect([files[0]?.width, files[0]?.height]).toEqual([100, 50]);
    expect((await middleOf(files[0]?.bytes ?? Buffer.of())).slice(0, 3)).toEqual([255, 0, 0]);
    expect((await done(metadata(), bytes)).result).toEqual({ kind: 'pdf', pages: 2, width: 200, height: 100 });
    expect(await take(pdf(), bytes.subarray(0, 40), 'cut.pdf')).toMatchObject({
      kind: 'unreadable',
      code: 'unreadable',
    });
  });
});

it.each(['BMW;320d\n', 'ID3,ID4\n1,2\n'])(
  'a table that begins with %j is passed over, not called a broken picture or sound',
  async (text) => {
    expect(await take(metadata(), Buffer.from(text), 'table.csv')).toMatchObject({ kind: 'skipped' });
  },
);

it('a film that a browser recorded piece by piece has its length and size, though neither is in its head', async () => {
  // By MediaRecorder of Chromium 156, `start(500)`, from a canvas of 300 x 150 pixels, for two seconds.
  const recorded = readFileSync(new URL('../../test/recorded.webm', import.meta.url));
  expect((await done(metadata(), recorded, 'recorded.webm')).result).toEqual({
    kind: 'media',
    container: 'WebM',
    codec: 'vp8',
    seconds: expect.closeTo(1.95, 1),
    width: 300,
    height: 150,
  });
});

describe.skipIf(!has('ffmpeg'))('films and sounds that ffmpeg wrote', { timeout: 120_000 }, () => {
  let film: Buffer;
  let sound: Buffer;
  beforeAll(() => {
    const make = (name: string, ...args: string[]) => {
      execFileSync('ffmpeg', ['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', ...args, join(folder, name)]);
      return readFileSync(join(folder, name));
    };
    film = make('film.mkv', 'testsrc=size=160x90:rate=10:duration=2', '-c:v', 'libx264', '-threads', '1');
    sound = make('sound.flac', 'sine=duration=1', '-metadata', 'title=A tone');
  }, 60_000);

  it('have a length, and the film a poster and an MP4 that begins with its index', async () => {
    expect((await done(metadata(), sound)).result).toMatchObject({
      kind: 'media',
      container: 'FLAC',
      seconds: 1,
      title: 'A tone',
    });
    expect((await done(metadata(), film)).result).toMatchObject({
      kind: 'media',
      container: 'Matroska',
      codec: 'avc',
      seconds: 2,
      width: 160,
      height: 90,
    });
    const { result, files } = await done(video({ posterWidth: 80, mp4: true }), film);
    expect(result).toMatchObject({ width: 80 });
    expect(files.map(({ name }) => name)).toEqual(['poster.webp', 'film.mp4']);
    const mp4 = files[1]?.bytes ?? Buffer.of();
    expect(mp4.indexOf('moov')).toBeLessThan(mp4.indexOf('mdat'));
    expect(await take(video(), sound, 'sound.flac')).toMatchObject({ kind: 'skipped' });
  });

  it('are passed over where ffmpeg is not installed, and say so', async () => {
    const outcome = await take(video({ ffmpeg: 'no-such-ffmpeg' }), film);
    expect(outcome).toEqual({ kind: 'skipped', why: 'no-such-ffmpeg is not installed here.' });
  });
});

describe.skipIf(!has('python3'))('the step archive', { timeout: 60_000 }, () => {
  it('lists what is in a ZIP', async () => {
    const path = join(folder, 'a.zip');
    const script = `import zipfile,sys\nz=zipfile.ZipFile(sys.argv[1],'w')\nz.writestr('folder/','')\nz.writestr('folder/ü.txt','hello')\nz.close()`;
    execFileSync('python3', ['-c', script, path]);
    const { result } = await done(archive(), readFileSync(path));
    expect(result).toEqual({
      kind: 'zip',
      count: 2,
      entries: [
        { name: 'folder/', size: 0, isFolder: true },
        { name: 'folder/ü.txt', size: 5, isFolder: false },
      ],
    });
    expect((await done(archive({ mostEntries: 1 }), readFileSync(path))).result).toMatchObject({
      count: 2,
      entries: [{}],
    });
    expect(await take(archive(), Buffer.from('no'))).toMatchObject({ kind: 'skipped' });
  });
});

it('large text is compressed beside its original, and what is small or no text is left alone', async () => {
  const text = Buffer.from(Array.from({ length: 9000 }, (_, line) => `${line}, größer\n`).join(''));
  const { result, files } = await done(archive(), text, 'table.csv');
  const [{ name, bytes, type } = { name: '', bytes: Buffer.of(), type: '' }] = files;
  expect([name, type, gunzipSync(bytes).equals(text)]).toEqual(['text.gz', 'application/gzip', true]);
  expect(result).toEqual({ kind: 'text', size: bytes.length });
  expect(bytes.length).toBeLessThan(text.length / 3);
  // Whoever makes it again makes the same bytes.
  expect((await done(archive(), text, 'table.csv')).files[0]?.bytes.equals(bytes)).toBe(true);
  const skipped = { kind: 'skipped' };
  expect(await take(archive(), text.subarray(0, 1000), 'small.csv')).toMatchObject(skipped);
  expect(await take(archive({ text: false }), text, 'table.csv')).toMatchObject(skipped);
  expect(await take(archive(), randomBytes(100_000), 'bytes.csv')).toMatchObject(skipped);
  const zstd = await take(archive({ text: 'zstd' }), text, 'table.csv');
  expect(zstd).toMatchObject(
    'createZstdCompress' in zlib ? { result: { kind: 'text' } } : { why: expect.stringContaining('22.15') },
  );
}, 60_000);
