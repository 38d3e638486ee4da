import { stepVersion } from '../file.ts';
import { type Step, step } from '../step.ts';

export interface ArchiveOptions {
  /** Most entries that are listed. @default 1000 */
  readonly mostEntries?: number;
}

export interface ArchiveResult {
  /** How many there are in all; only the first ones are listed. */
  readonly count: number;
  readonly entries: readonly {
    readonly name: string;
    /** As the archive says, in bytes. */
    readonly size: number;
    readonly isFolder: boolean;
  }[];
}

/** What is in a ZIP; nothing is unpacked. @example archive({ mostEntries: 100 }) */
export function archive({ mostEntries = 1000 }: ArchiveOptions = {}): Step<'archive', ArchiveResult> {
  return step({
    name: 'archive',
    version: stepVersion(1, { mostEntries }),
    seconds: 30,
    run: (input) => input.inChild(new URL('./archive-work.js', import.meta.url), { mostEntries }),
  });
}
