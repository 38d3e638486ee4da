import type { ProcessedFile } from './file.ts';

/** A file that a step has made, on the worker's disk. */
export interface MadeFile {
  /** The last segment of its key: letters, digits, `.`, `-`, `_`. @example '640.webp' */
  readonly name: string;
  readonly path: string;
  /** MIME type. */
  readonly type: string;
  /** In pixels, where it is a picture or a film. */
  readonly width?: number;
  readonly height?: number;
}

/** Why nothing can be made of a file; it is not tried again. */
export type UnreadableCode =
  /** The file is damaged, or not what its name says. */
  | 'unreadable'
  /** A password is needed to open it. */
  | 'locked'
  /** Nobody here can decode this format. */
  | 'format-unsupported'
  /** It has more pixels, pages or bytes than are worked on. */
  | 'too-large'
  /** It took too long, or too much memory, or ended the process that looked at it; each twice. */
  | 'too-costly'
  /** Something harmful was found in it. */
  | 'harmful';

/** What came of a step. */
export type StepOutcome<R> =
  | { readonly kind: 'done'; readonly result: R; readonly files?: readonly MadeFile[] }
  /** The step is not for files of this kind, or its program is not installed here. */
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly code: UnreadableCode; readonly why: string };

/** What a step is given. */
export interface StepInput {
  readonly file: ProcessedFile;
  /** A copy of the file on the worker's disk. */
  readonly path: string;
  /** An empty folder for what the step makes. */
  readonly folder: string;
  /** Ends when the time of the step is over. */
  readonly signal: AbortSignal;
  /**
   * Runs a module's `work` in a child process, which is ended when it takes longer or more memory than the step may.
   * @throws ProcessingError `step-crashed`, `step-too-slow`, `step-too-large`.
   */
  inChild<R>(module: URL, options: object): Promise<StepOutcome<R>>;
}

/** What a module for {@link StepInput.inChild} exports as `work`. */
export type ChildWork<O, R> = (
  input: Pick<StepInput, 'path' | 'folder' | 'file'>,
  options: O,
) => Promise<StepOutcome<R>>;

/** Makes something of a file. What it returns is kept for its name, its version and the file's version. */
export interface Step<Name extends string = string, R = unknown> {
  /** Letters, digits and `-`; unique in its pipeline. */
  readonly name: Name;
  /** Another one has the step done again. */
  readonly version: string;
  /** Longest time in seconds. */
  readonly seconds: number;
  /** Most memory of its child process, in MiB. */
  readonly memory: number;
  run(input: StepInput): Promise<StepOutcome<R>>;
}

/**
 * A step of the app's own. It runs in the worker's process; `input.inChild` takes what must not harm that.
 * @example
 * const words = step({ name: 'words', version: '1', run: async ({ path }) => ({ kind: 'done', result: await countWords(path) }) });
 */
export function step<const Name extends string, R>(
  options: Pick<Step<Name, R>, 'name' | 'version' | 'run'> & {
    /** @default 60 */
    readonly seconds?: number;
    /** @default 1024 */
    readonly memory?: number;
  },
): Step<Name, R> {
  if (!/^[a-z\d][\w-]*$/i.test(options.name) || !/^[\w.-]+$/.test(options.version))
    throw new TypeError(
      `A step's name and version may have only letters, digits, - and _, but are "${options.name}" and "${options.version}".`,
    );
  return { seconds: 60, memory: 1024, ...options };
}
