import { EventEmitter, once } from 'node:events';
import type { OperationName } from '../operations/operation-names.ts';
import { Gauge } from './gauge.ts';
import { JournalEntry } from './journal-entry.ts';
import type { RequestInfo } from './request-info.ts';
import { isPicked, type RequestFilter, type RequestRecord } from './request-record.ts';
import { transcript } from './transcript.ts';
import { type Transfer, type TransferFilter, Transfers } from './transfers.ts';

/** What the store was asked, and what it did. For tests to look at; of bounded size. */
export interface Journal {
  /** Requests in the order in which they came, those under way included; the latest 10,000. */
  requests(filter?: RequestFilter): readonly RequestRecord[];
  /** The first request that has ended and that the filter picks; waits for it if there is none yet. */
  ended(filter: RequestFilter, options?: { readonly signal?: AbortSignal }): Promise<RequestRecord>;
  /** The first request that has begun and that the filter picks; waits for it if there is none yet. */
  began(filter: RequestFilter, options?: { readonly signal?: AbortSignal }): Promise<RequestRecord>;
  /** Requests under way now. @param operation - Of one operation; of all if left out. */
  inFlight(operation?: OperationName): number;
  /** Most requests that were under way at once. @param operation - Of one operation; of all if left out. */
  maxInFlight(operation?: OperationName): number;
  /** Bytes of bodies received, over all tries. @example journal.bytesReceived({ uploadId, partNumber: 3 }) */
  bytesReceived(filter?: TransferFilter): number;
  /** Bytes received again: for each part or object, those beyond its furthest try. */
  resentBytes(filter?: TransferFilter): number;
  /** The sums of which the two above are made: for each part and object, all its tries together. */
  transfers(filter?: TransferFilter): readonly Readonly<Transfer>[];
  /**
   * The requests in words, sorted, without times and ids: equal for two runs that did the same and met the same.
   * @example 'UploadPart uploads/a #3 try 2: 503 SlowDown (error)'
   */
  transcript(filter?: RequestFilter): readonly string[];
  /** Forgets all requests that have ended, all sums and maxima. */
  clear(): void;
}

/** How many requests are remembered; the oldest go first. */
const REMEMBERED = 10_000;

/** The journal with its writing side, which only the pipeline sees. */
export class RequestJournal implements Journal {
  readonly #now: () => number;
  readonly #entries = new Set<JournalEntry>();
  readonly #transfers = new Transfers();
  readonly #all = new Gauge();
  readonly #gauges = new Map<OperationName, Gauge>();
  readonly #events = new EventEmitter().setMaxListeners(0);

  /** @param now - Milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
  }

  begin(facts: Omit<RequestInfo, 'attempt'>): JournalEntry {
    const transfer = this.#transfers.begin(facts);
    const gauges = [this.#all, this.#gauge(facts.operation)];
    for (const gauge of gauges) gauge.enter();
    const entry = new JournalEntry({ ...facts, attempt: transfer.attempts }, this.#now(), transfer, () => {
      for (const gauge of gauges) gauge.leave();
      this.#events.emit('end');
    });
    this.#entries.add(entry);
    this.#events.emit('begin');
    const [oldest] = this.#entries;
    if (this.#entries.size > REMEMBERED && oldest !== undefined) this.#entries.delete(oldest);
    return entry;
  }

  requests(filter: RequestFilter = {}): readonly RequestRecord[] {
    return [...this.#entries].map((entry) => entry.record()).filter((record) => isPicked(record, filter));
  }

  async ended(filter: RequestFilter, options: { readonly signal?: AbortSignal } = {}): Promise<RequestRecord> {
    for (;;) {
      const found = this.requests(filter).find(({ state }) => state !== 'running');
      if (found) return found;
      await once(this.#events, 'end', options);
    }
  }

  async began(filter: RequestFilter, options: { readonly signal?: AbortSignal } = {}): Promise<RequestRecord> {
    for (;;) {
      const [found] = this.requests(filter);
      if (found) return found;
      await once(this.#events, 'begin', options);
    }
  }

  inFlight(operation?: OperationName): number {
    return this.#gauge(operation).now;
  }

  maxInFlight(operation?: OperationName): number {
    return this.#gauge(operation).max;
  }

  bytesReceived(filter: TransferFilter = {}): number {
    return this.#transfers.bytes(filter);
  }

  resentBytes(filter: TransferFilter = {}): number {
    return this.#transfers.resentBytes(filter);
  }

  transfers(filter: TransferFilter = {}): readonly Readonly<Transfer>[] {
    return this.#transfers.list(filter);
  }

  transcript(filter: RequestFilter = {}): readonly string[] {
    return transcript(this.requests(filter));
  }

  clear(): void {
    for (const entry of this.#entries) if (entry.record().state !== 'running') this.#entries.delete(entry);
    this.#transfers.clear();
    for (const gauge of [this.#all, ...this.#gauges.values()]) gauge.reset();
  }

  #gauge(operation: OperationName | undefined): Gauge {
    if (operation === undefined) return this.#all;
    const gauge = this.#gauges.get(operation) ?? new Gauge();
    this.#gauges.set(operation, gauge);
    return gauge;
  }
}
