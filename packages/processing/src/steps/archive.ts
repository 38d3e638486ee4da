import { stepVersion } from '../file.ts';
import { type Step, step } from '../step.ts';

export interface ArchiveOptions {
  /** Most entries that are listed. @default 1000 */
  readonly mostEntries?: number;
  /**
   * How large text is compressed beside its original. `zstd` needs Node 22.15; on an older one the step is skipped and says so.
   * @default 'gzip'
   */
  readonly text?: 'gzip' | 'zstd' | false;
  /** Text of fewer bytes is left alone. @default 65_536 */
  readonly leastText?: number;
  /** Longest time, in seconds. @default 120 */
  readonly seconds?: number;
}

export type ArchiveResult =
  | {
      readonly kind: 'zip';
      /** How many there are in all; only the first ones are listed. */
      readonly count: number;
      readonly entries: readonly {
        readonly name: string;
        /** As the archive says, in bytes. */
        readonly size: number;
        readonly isFolder: boolean;
      }[];
    }
  | {
      /** Its one file is the text, compressed. */
      readonly kind: 'text';
      /** Of the compressed one, in bytes. */
      readonly size: number;
    };

/** Lists a ZIP without unpacking it, and compresses large text. @example archive({ mostEntries: 100 }) */
export function archive({
  mostEntries = 1000,
  text = 'gzip',
  leastText = 65_536,
  seconds = 120,
}: ArchiveOptions = {}): Step<'archive', ArchiveResult> {
  const asked = { mostEntries, text, leastText };
  return step({
    name: 'archive',
    version: stepVersion(2, asked),
    seconds,
    run: (input) => input.inChild(new URL('./archive-work.js', import.meta.url), asked),
  });
}
