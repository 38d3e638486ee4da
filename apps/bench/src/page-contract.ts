/** What the page offers to the one that steers it, as `window.uploadBench`. */

/** The page marks the upload's beginning and end by these names, for who watches its thread. */
export const BEGIN_MARK = 'upload-begins';
export const END_MARK = 'upload-ends';

export interface Timed {
  readonly milliseconds: number;
  /** The longest task of the main thread meanwhile, in milliseconds; 0 where none took 50. */
  readonly longestTask: number;
  readonly longTasks: number;
  /** The longest task by what it had of the processor, in milliseconds, where that was watched. */
  readonly longestSpent?: number;
  /** How often React changed the page, where an uploader of React counts that. */
  readonly commits?: number;
}

export interface Bench {
  /** Loads an uploader and lets it get ready for the files that are picked. */
  prepare(name: string, partSize?: number): Promise<void>;
  run(): Promise<Timed>;
  /** Loads a small page's resources so many times; milliseconds each. */
  loadPage(times: number, pause: number): Promise<number[]>;
  /** Ends `loadPage` early. */
  stopLoading(): void;
}
