import type { Observer, UploadEvent } from './events.ts';

/** Counts since the start of this server. */
export interface MetricsSnapshot {
  created: number;
  completed: number;
  aborted: number;
  /** Uploads that nobody went on with, aborted by `abortStale`. */
  swept: number;
  /** Tokens that were over and were renewed. */
  renewed: number;
  discarded: number;
  /** Of completed uploads. */
  bytes: number;
  /** From create to complete, in seconds, all together. */
  uploadSeconds: number;
  /** By `operation`: how many calls, and their seconds. */
  calls: Readonly<Record<string, { count: number; seconds: number }>>;
  /** Refused or failed files and calls, by code. */
  failures: Readonly<Record<string, number>>;
}

export interface Metrics {
  /** Give it to `observe` of `createUploads`. */
  observe: Observer;
  snapshot(): MetricsSnapshot;
  /** In the text format of Prometheus, for an endpoint of your own that browsers cannot reach. */
  prometheus(): string;
}

/**
 * Counts what happens.
 *
 * @example
 * const metrics = createMetrics();
 * const uploads = createUploads({ storage, secret, routes, observe: metrics.observe });
 */
export function createMetrics(): Metrics {
  const counts = {
    created: 0,
    completed: 0,
    aborted: 0,
    swept: 0,
    renewed: 0,
    discarded: 0,
    bytes: 0,
    uploadSeconds: 0,
  };
  const calls = new Map<string, { count: number; seconds: number }>();
  const failures = new Map<string, number>();

  const count: { [E in UploadEvent['event']]: (event: Extract<UploadEvent, { event: E }>) => void } = {
    created: () => void counts.created++,
    aborted: () => void counts.aborted++,
    swept: ({ aborted }) => {
      counts.swept += aborted;
    },
    renewed: () => void counts.renewed++,
    discarded: () => void counts.discarded++,
    completed: ({ size, duration }) => {
      counts.completed++;
      counts.bytes += size;
      counts.uploadSeconds += duration / 1000;
    },
    refused: ({ code }) => void failures.set(code, (failures.get(code) ?? 0) + 1),
    call: ({ operation, duration }) => {
      const call = calls.get(operation) ?? { count: 0, seconds: 0 };
      calls.set(operation, { count: call.count + 1, seconds: call.seconds + duration / 1000 });
    },
  };

  return {
    observe: (event) => (count[event.event] as (event: UploadEvent) => void)(event),
    snapshot: () => ({ ...counts, calls: Object.fromEntries(calls), failures: Object.fromEntries(failures) }),
    prometheus() {
      const lines = [
        ...counter('portage_uploads_created_total', [['', counts.created]]),
        ...counter('portage_uploads_completed_total', [['', counts.completed]]),
        ...counter('portage_uploads_aborted_total', [['', counts.aborted]]),
        ...counter('portage_uploads_swept_total', [['', counts.swept]]),
        ...counter('portage_uploads_renewed_total', [['', counts.renewed]]),
        ...counter('portage_uploads_discarded_total', [['', counts.discarded]]),
        ...counter('portage_uploaded_bytes_total', [['', counts.bytes]]),
        ...counter('portage_upload_seconds_total', [['', counts.uploadSeconds]]),
        ...counter(
          'portage_calls_total',
          label('operation', calls, (call) => call.count),
        ),
        ...counter(
          'portage_call_seconds_total',
          label('operation', calls, (call) => call.seconds),
        ),
        ...counter(
          'portage_failures_total',
          label('code', failures, (times) => times),
        ),
      ];
      return `${lines.join('\n')}\n`;
    },
  };
}

type Sample = readonly [labels: string, value: number];

const counter = (name: string, samples: readonly Sample[]) => [
  `# TYPE ${name} counter`,
  ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
];

// Operations and codes are ours, so no label needs escaping.
const label = <T>(name: string, values: ReadonlyMap<string, T>, read: (value: T) => number) =>
  [...values].map(([key, value]): Sample => [`{${name}="${key}"}`, read(value)]);
