/** What a page and its worker say to each other. */
import type { PartChecksum, PartRequest, Range } from '@portage/engine';
import type { ToJoin } from '@portage/engine/packs';
import type { FileRange } from '../file-range.ts';
import type { Algorithm } from '../running-checksum.ts';

/** To the worker. What has an `id` is answered under it, unless it is stopped. */
export type Order =
  /** The first word. The worker holds the Web Lock of this name for as long as it lives. */
  | { readonly do: 'live'; readonly lock: string }
  | {
      readonly do: 'send';
      readonly id: number;
      readonly request: PartRequest;
      readonly body: FileRange;
      readonly afterSilence: boolean;
    }
  | {
      readonly do: 'gather';
      readonly id: number;
      readonly pieces: readonly ToJoin<FileRange>[];
      readonly padding: number;
    }
  | { readonly do: 'checksum'; readonly id: number; readonly body: FileRange; readonly algorithm: Algorithm }
  | { readonly do: 'join'; readonly id: number; readonly parts: readonly PartChecksum[]; readonly algorithm: Algorithm }
  | {
      readonly do: 'checksumParts';
      readonly id: number;
      readonly file: Blob;
      /** In bytes. */
      readonly lengths: readonly number[];
      readonly algorithm: Algorithm;
    }
  | { readonly do: 'sample'; readonly id: number; readonly file: Blob; readonly ranges: readonly Range[] }
  | { readonly do: 'noticesChanges'; readonly id: number }
  /** Answered after `ms` milliseconds. */
  | { readonly do: 'wait'; readonly id: number; readonly ms: number }
  | { readonly do: 'stop'; readonly id: number };

/** How far the bodies of some requests are, by id, in bytes. */
export type Progress = readonly (readonly [id: number, loaded: number])[];

/** From the worker. */
export type Report =
  | { readonly is: 'ready' }
  /** Without work for a while. */
  | { readonly is: 'idle' }
  /** Whether the browser asks the person for a permission, for which requests are held. */
  | { readonly is: 'held'; readonly held: boolean }
  | { readonly is: 'progress'; readonly of: Progress }
  | { readonly is: 'answer'; readonly id: number; readonly value: unknown };
