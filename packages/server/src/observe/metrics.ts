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
  const calls = new Map<string, Histogram>();
  const uploads = createHistogram(UPLOAD_SECONDS);
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
      uploads.add(duration / 1000);
    },
    refused: ({ code }) => void failures.set(code, (failures.get(code) ?? 0) + 1),
    call: ({ operation, duration }) => {
      const call = calls.get(operation) ?? createHistogram(CALL_SECONDS);
      calls.set(operation, call);
      call.add(duration / 1000);
    },
  };

  return {
    observe: (event) => (count[event.event] as (event: UploadEvent) => void)(event),
    snapshot: () => ({
      ...counts,
      calls: Object.fromEntries([...calls].map(([name, { count, sum }]) => [name, { count: count(), seconds: sum() }])),
      failures: Object.fromEntries(failures),
    }),
    prometheus() {
      const lines = [
        ...counter('portage_uploads_created_total', [['', counts.created]]),
        ...counter('portage_uploads_completed_total', [['', counts.completed]]),
        ...counter('portage_uploads_aborted_total', [['', counts.aborted]]),
        ...counter('portage_uploads_swept_total', [['', counts.swept]]),
        ...counter('portage_uploads_renewed_total', [['', counts.renewed]]),
        ...counter('portage_uploads_discarded_total', [['', counts.discarded]]),
        ...counter('portage_uploaded_bytes_total', [['', counts.bytes]]),
        ...histogram('portage_upload_duration_seconds', [['', uploads]]),
        ...histogram(
          'portage_call_duration_seconds',
          [...calls].map(([name, call]) => [`operation="${name}"`, call] as const),
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

/** Upper bounds in seconds: of calls, which are quick; of uploads, which may take days. */
const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const UPLOAD_SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400, 604_800];

interface Histogram {
  add(value: number): void;
  /** How many values are at most each bound, and all of them. */
  buckets(): readonly (readonly [bound: string, count: number])[];
  sum(): number;
  count(): number;
}

function createHistogram(bounds: readonly number[]): Histogram {
  const counts = bounds.map(() => 0);
  let sum = 0;
  let count = 0;
  return {
    add(value) {
      sum += value;
      count += 1;
      for (const [index, bound] of bounds.entries()) if (value <= bound) counts[index] = (counts[index] ?? 0) + 1;
    },
    buckets: () => [
      ...bounds.map((bound, index) => [String(bound), counts[index] ?? 0] as const),
      ['+Inf', count] as const,
    ],
    sum: () => sum,
    count: () => count,
  };
}

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
function histogram(name: string, series: readonly (readonly [labels: string, values: Histogram])[]): string[] {
  const braced = (labels: string) => (labels === '' ? '' : `{${labels}}`);
  return [
    `# TYPE ${name} histogram`,
    ...series.flatMap(([labels, values]) => [
      ...values
        .buckets()
        .map(([bound, count]) => `${name}_bucket{${labels}${labels === '' ? '' : ','}le="${bound}"} ${count}`),
      `${name}_sum${braced(labels)} ${values.sum()}`,
      `${name}_count${braced(labels)} ${values.count()}`,
    ]),
  ];
}

type Sample = readonly [labels: string, value: number];

const counter = (name: string, samples: readonly Sample[]) => [
  `# TYPE ${name} counter`,
  ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
];

// Operations and codes are ours, so no label needs escaping.
const label = <T>(name: string, values: ReadonlyMap<string, T>, read: (value: T) => number) =>
  [...values].map(([key, value]): Sample => [`{${name}="${key}"}`, read(value)]);
