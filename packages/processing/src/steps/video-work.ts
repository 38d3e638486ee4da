import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ChildWork, MadeFile } from '../step.ts';
import { kindOf } from './kind.ts';
import { placeholderOf } from './variants.ts';
import type { VideoResult } from './video.ts';

interface Asked {
  readonly posterWidth: number;
  readonly mp4: boolean;
  readonly mp4Height: number;
  readonly ffmpeg: string;
}

/** Reads files of the disk alone, and only one thread: a worker does several jobs at once. */
const INPUT = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-protocol_whitelist', 'file', '-threads', '1'];

export const work: ChildWork<Asked, VideoResult> = async ({ path, folder, file }, options) => {
  const { posterWidth, mp4, mp4Height, ffmpeg } = options;
  const { kind, type } = await kindOf(path, file);
  if (kind !== 'media' || type.startsWith('audio/'))
    return { kind: 'skipped', why: `It is no film, but ${type || 'of an unknown type'}.` };
  if ((await run(ffmpeg, ['-version'])) === 'not-there')
    return { kind: 'skipped', why: `${ffmpeg} is not installed here.` };

  const frame = join(folder, 'frame.png');
  const scale = `scale='min(${posterWidth},iw)':-2`;
  // A film often begins with black: ffmpeg takes the frame that stands for those of the first seconds.
  const failed = await run(ffmpeg, [...INPUT, '-i', path, '-vf', `thumbnail=60,${scale}`, '-frames:v', '1', frame]);
  const png = await readFile(frame).catch(() => undefined);
  if (png === undefined) return { kind: 'unreadable', code: 'unreadable', why: failed ?? 'It has no picture.' };
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const poster = join(folder, 'poster.webp');
  await writeFile(poster, await sharp(data, { raw: info }).webp({ quality: 80 }).toBuffer());
  const files: MadeFile[] = [{ name: 'poster.webp', path: poster, type: 'image/webp', width, height }];
  if (mp4) {
    const film = join(folder, 'film.mp4');
    const codecs = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
    const size = ['-vf', `scale=-2:'min(${mp4Height},trunc(ih/2)*2)'`];
    // The index first, so that it plays before it is loaded.
    const not = await run(ffmpeg, [...INPUT, '-i', path, ...codecs, ...size, '-movflags', '+faststart', film]);
    if (not !== undefined) return { kind: 'unreadable', code: 'unreadable', why: not };
    files.push({ name: 'film.mp4', path: film, type: 'video/mp4' });
  }
  return {
    kind: 'done',
    result: { placeholder: await placeholderOf({ data, width, height, channels }), width, height },
    files,
  };
};

/** Why it failed; nothing where it went well. It ends with this process. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    process.once('exit', () => child.kill('SIGKILL'));
    let said = '';
    child.stderr.on('data', (text) => {
      said = (said + text).slice(-2000);
    });
    child.once('error', () => resolve('not-there'));
    child.once('close', (code) => resolve(code === 0 ? undefined : said || `It ended with ${code}.`));
  });
}
