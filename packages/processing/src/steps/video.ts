import { stepVersion } from '../file.ts';
import { type Step, step } from '../step.ts';

export interface VideoOptions {
  /** Width of the poster, in pixels. @default 960 */
  readonly posterWidth?: number;
  /** Whether an MP4 (H.264, AAC) is made, which begins to play before it is loaded. @default false */
  readonly mp4?: boolean;
  /** Greatest height of the MP4, in pixels. @default 720 */
  readonly mp4Height?: number;
  /** Longest time, in seconds. @default 600 */
  readonly seconds?: number;
  /** Name or path of ffmpeg. @default 'ffmpeg' */
  readonly ffmpeg?: string;
}

export interface VideoResult {
  /** ThumbHash of the poster, in base64. */
  readonly placeholder: string;
  /** Of the poster, in pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * The poster of a film, and an MP4 for every browser where that is asked for. By ffmpeg, which has to be installed; where it is
 * not, the step is skipped and says so.
 * @example video({ mp4: true })
 */
export function video(options: VideoOptions = {}): Step<'video', VideoResult> {
  const { posterWidth = 960, mp4 = false, mp4Height = 720, seconds = 600, ffmpeg = 'ffmpeg' } = options;
  const asked = { posterWidth, mp4, mp4Height };
  return step({
    name: 'video',
    version: stepVersion(1, asked),
    seconds,
    run: (input) => input.inChild(new URL('./video-work.js', import.meta.url), { ...asked, ffmpeg }),
  });
}
