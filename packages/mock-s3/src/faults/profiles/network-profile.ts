import type { Fault } from '../fault.ts';
import type { FaultRule } from '../rule.ts';

/** A network or a store that people know by name. */
export interface NetworkProfile {
  /** One line for the command line's help. */
  readonly summary: string;
  readonly rules: readonly FaultRule[];
}

/** Operations that carry an upload. */
export const UPLOADING = ['PutObject', 'UploadPart'] as const;

/** Operations that an upload consists of. */
export const UPLOAD = [...UPLOADING, 'CreateMultipartUpload', 'CompleteMultipartUpload'] as const;

const KILOBIT = 1000 / 8;

/** One link that everybody shares: its rates, and half of its round trip in each direction. */
export function link({
  up,
  down,
  roundTrip,
  jitter = 0,
}: {
  /** Kilobits per second. */
  readonly up: number;
  /** Kilobits per second. */
  readonly down: number;
  /** Milliseconds. */
  readonly roundTrip: number;
  /** Milliseconds, of the round trip. */
  readonly jitter?: number;
}): readonly FaultRule[] {
  const fault: readonly Fault[] = [
    { kind: 'latency', ms: roundTrip / 2, jitter: jitter / 2, direction: 'both' },
    { kind: 'bandwidth', bytesPerSecond: up * KILOBIT, shared: true, direction: 'upstream' },
    { kind: 'bandwidth', bytesPerSecond: down * KILOBIT, shared: true, direction: 'downstream' },
  ];
  return [{ name: 'link', fault }];
}
