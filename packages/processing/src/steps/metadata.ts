import { stepVersion } from '../file.ts';
import { type Step, step } from '../step.ts';

export interface MetadataOptions {
  /** Whether the place where a picture was taken is told. @default false */
  readonly location?: boolean;
  /** Longest time, in seconds. @default 30 */
  readonly seconds?: number;
}

/** What a file says of itself. */
export type Metadata =
  | {
      readonly kind: 'picture';
      /** @example 'jpeg', 'heif' */
      readonly format: string;
      /** Upright, in pixels. */
      readonly width: number;
      readonly height: number;
      /** Frames of an animation, or pages. */
      readonly pages: number;
      readonly hasAlpha: boolean;
      /** When it was taken, as the camera's clock showed it: `2026-11-29T20:15:00`. */
      readonly takenAt?: string;
      /** @example 'Apple iPhone 17' */
      readonly camera?: string;
      /** In degrees; only where it is asked for. */
      readonly location?: { readonly latitude: number; readonly longitude: number };
    }
  | {
      readonly kind: 'media';
      /** @example 'MP4', 'WebM', 'FLAC' */
      readonly container: string;
      /** @example 'avc', 'opus' */
      readonly codec?: string;
      /** Length. */
      readonly seconds?: number;
      /** Of a film: upright, in pixels. */
      readonly width?: number;
      readonly height?: number;
      readonly title?: string;
      readonly artist?: string;
    }
  | {
      readonly kind: 'pdf';
      readonly pages: number;
      /** Of the first page, in points of 1/72 inch. */
      readonly width: number;
      readonly height: number;
    };

/**
 * What a picture, a recording, a film or a PDF says of itself. Not where it was taken, unless that is asked for.
 * @example metadata({ location: true })
 */
export function metadata({ location = false, seconds = 30 }: MetadataOptions = {}): Step<'metadata', Metadata> {
  return step({
    name: 'metadata',
    version: stepVersion(2, { location }),
    seconds,
    run: (input) => input.inChild(new URL('./metadata-work.js', import.meta.url), { location }),
  });
}
