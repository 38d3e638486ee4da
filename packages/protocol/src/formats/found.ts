import type { Zip } from './containers.ts';
import type { View } from './content.ts';

/** What was found in a file. */
export interface Found {
  readonly view: View;
  /** Formats that it is for certain, the most special first; empty where nothing was recognised. */
  readonly ids: readonly string[];
  /** The content where it is text, without its byte-order mark. */
  readonly text: string | undefined;
  readonly zip: Zip | undefined;
  readonly streams: readonly string[];
  readonly brands: readonly string[];
}
