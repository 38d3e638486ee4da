import type { RequestInfo } from './request-info.ts';
import { isPicked, type RequestFilter } from './request-record.ts';

/** What requests have in common that try to do the same thing. */
export type TransferFilter = Pick<RequestFilter, 'operation' | 'bucket' | 'key' | 'uploadId' | 'partNumber'>;

/** All tries of one thing, such as of one part, taken together. */
export interface Transfer {
  /** What they have in common. */
  readonly facts: TransferFilter;
  /** How many there were. */
  attempts: number;
  /** Bytes received by all tries. */
  bytes: number;
  /** Bytes received by the try that got the furthest. */
  furthest: number;
}

/** How many transfers are remembered; the oldest go first. */
const REMEMBERED = 50_000;

/** Sums up what was received for each part and object, over all tries. */
export class Transfers {
  readonly #transfers = new Map<string, Transfer>();

  /** Counts one more try. */
  begin({ operation, bucket, key, uploadId, partNumber }: Omit<RequestInfo, 'attempt'>): Transfer {
    const facts = { operation, bucket, key, uploadId, partNumber };
    const id = JSON.stringify(Object.values(facts).map((fact) => fact ?? null));
    const transfer = this.#transfers.get(id) ?? { facts, attempts: 0, bytes: 0, furthest: 0 };
    transfer.attempts += 1;
    this.#transfers.set(id, transfer);
    const [oldest] = this.#transfers.keys();
    if (this.#transfers.size > REMEMBERED && oldest !== undefined) this.#transfers.delete(oldest);
    return transfer;
  }

  /** Bytes received, over all tries. */
  bytes(filter: TransferFilter): number {
    return this.#picked(filter).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Bytes received beyond those of each transfer's furthest try: what a failure has cost. */
  resentBytes(filter: TransferFilter): number {
    return this.#picked(filter).reduce((sum, { bytes, furthest }) => sum + bytes - furthest, 0);
  }

  /** All transfers that a filter picks. */
  list(filter: TransferFilter): readonly Readonly<Transfer>[] {
    return this.#picked(filter).map((transfer) => ({ ...transfer }));
  }

  clear(): void {
    this.#transfers.clear();
  }

  #picked(filter: TransferFilter): readonly Transfer[] {
    return [...this.#transfers.values()].filter(({ facts }) => isPicked(facts, filter));
  }
}
