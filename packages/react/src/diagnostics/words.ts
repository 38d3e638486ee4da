import type { Mark } from './chart.ts';
import { type RegionWords, regionWordsIn } from './region-words.ts';

/** What the view of diagnostics says. Give your own through `strings`, all or some. Numbers arrive formatted. */
export interface DiagnosticsStrings {
  readonly title: string;
  /** Before anything is recorded. */
  readonly nothing: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  summary(facts: {
    readonly size: string;
    readonly parts: string;
    readonly duration: string;
    readonly attempts: string;
    readonly lanes: string;
    readonly preflights: string;
  }): string;
  readonly allWell: string;
  trouble(facts: {
    /** How often; undefined for never. */
    readonly retries: string | undefined;
    readonly beside: string | undefined;
    readonly parked: string | undefined;
    readonly lost: string;
  }): string;
  /** Of a small file that travelled with others, and of one that was to and went by itself after so long. */
  readonly inPack: string;
  readonly leftPack: (after: string) => string;
  readonly attempts: string;
  readonly speed: (top: string) => string;
  readonly window: (top: string) => string;
  readonly marks: Readonly<Record<Mark | 'paused' | 'offline', string>>;
  readonly inFlight: string;
  readonly windowSize: string;
  readonly table: string;
  readonly more: string;
  readonly columns: readonly [part: string, start: string, sent: string, answered: string, outcome: string];
  readonly calls: string;
  readonly callColumns: readonly [call: string, start: string, took: string, outcome: string];
  /** What is said of regions, where a server has several. @default in the language of the uploader */
  readonly regions: RegionWords;
}

export const englishDiagnostics: DiagnosticsStrings = {
  title: 'What happened to this upload',
  nothing: 'Nothing is recorded of this upload: it was not started on this page.',
  copy: 'Copy diagnostics',
  copied: 'Copied. It holds no name, content or address of the file.',
  notCopied: 'The browser did not let it be copied.',
  summary: ({ size, parts, duration, attempts, lanes, preflights }) =>
    `${size} in parts: ${parts}; requests: ${attempts}, at most ${lanes} at once, preflights: ${preflights}; ${duration}.`,
  allWell: 'Nothing had to be sent again.',
  trouble: ({ retries, beside, parked, lost }) =>
    [
      retries && `Sent or asked again after a failure: ${retries}.`,
      beside && `Sent a second time beside a silent request: ${beside}.`,
      parked && `Waited for the network: ${parked}.`,
      `Sent in vain: ${lost}.`,
    ]
      .filter(Boolean)
      .join(' '),
  inPack: 'It travelled with other files in a pack.',
  leftPack: (after) => `It was to travel with other files in a pack, and went by itself after ${after}.`,
  attempts: 'Requests over time',
  speed: (top) => `Speed, up to ${top}`,
  window: (top) => `Requests at once, up to ${top}`,
  marks: {
    stored: 'stored',
    open: 'under way',
    stopped: 'stopped, no longer needed',
    stalled: 'given up for its silence',
    failed: 'failed',
    paused: 'paused',
    offline: 'no network',
  },
  inFlight: 'of this file',
  windowSize: 'allowed for the page',
  table: 'Requests as a table',
  more: 'Show more',
  columns: ['Part', 'Began at', 'All sent after', 'Over after', 'Came to'],
  calls: 'Calls to the server as a table',
  callColumns: ['Call', 'Began at', 'Took', 'Came to'],
  regions: regionWordsIn('en'),
};
