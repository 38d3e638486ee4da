import type { UnreadableCode } from './step.ts';

/** A file that a step has made, in the store. */
export interface StoredVariant {
  readonly name: string;
  readonly key: string;
  /** MIME type. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  /** In pixels, where it is a picture or a film. */
  readonly width?: number;
  readonly height?: number;
}

/** What came of a step, as it is kept. */
export type StepResult<R = unknown> =
  | {
      readonly state: 'done';
      readonly result: R;
      readonly files: readonly StoredVariant[];
      /** How long the step took. */
      readonly seconds: number;
    }
  | { readonly state: 'skipped'; readonly why: string }
  | {
      readonly state: 'failed';
      readonly code: UnreadableCode;
      /** What happened, for people. */
      readonly message: string;
      /** What to do, for people. */
      readonly hint: string;
      /** What was seen, for developers. */
      readonly why: string;
    };

const WORDS: Record<UnreadableCode, { message: string; hint: string }> = {
  unreadable: {
    message: 'This file cannot be shown: it seems to be damaged.',
    hint: 'It is stored as you sent it. Open it on your device, save it anew, and upload that.',
  },
  locked: {
    message: 'This file cannot be shown: it is protected by a password.',
    hint: 'It is stored as you sent it. To see a preview, upload it without a password.',
  },
  'format-unsupported': {
    message: 'This file cannot be shown: its format is not known here.',
    hint: 'It is stored as you sent it. To see a preview, upload it as JPEG, PNG or PDF.',
  },
  'too-large': {
    message: 'This file is too large to be shown.',
    hint: 'It is stored as you sent it. To see a preview, upload a smaller one.',
  },
  'too-costly': {
    message: 'This file cannot be shown: it took too long.',
    hint: 'It is stored as you sent it. To see a preview, upload a simpler one.',
  },
  harmful: {
    message: 'Something harmful was found in this file.',
    hint: 'Check it with a virus scanner before you use it.',
  },
};

/** A file that nothing can be made of. */
export const failedResult = (code: UnreadableCode, why: string): StepResult<never> => ({
  state: 'failed',
  code,
  ...WORDS[code],
  why: why.slice(0, 300),
});
