import type { Trace } from '../telling/trace.ts';

/** What the engine can be told for all uploads together. */
export interface EngineOptions {
  /**
   * Most requests at once to each host of the store, for all files together. A browser opens 6 connections to a host over
   * HTTP/1.1; more would wait in its queue. Fewer are used where the store asks for less, and where a slow link is as fast with
   * fewer.
   * @default 6, and up to 100 for files of up to 1 MiB where the store speaks HTTP/2 or HTTP/3
   */
  readonly concurrency?: number | undefined;
  /**
   * Most bytes per second, for all uploads together, or undefined; asked before each part, so that it may change. Kept to
   * between parts: each goes as fast as the link takes it, and the next one waits, so that in total it is as exact as one
   * part in what was sent.
   * @default none
   */
  readonly bandwidthLimit?: () => number | undefined;
  /** Whether files are looked at again before they are completed; asked each time. @default they are */
  readonly looksAgain?: () => boolean;
  /** Hears what happens to each upload, as it happens. @default nobody does */
  readonly trace?: Trace | undefined;
}
