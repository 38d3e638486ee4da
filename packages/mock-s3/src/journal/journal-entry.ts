import type { Fault } from '../faults/fault.ts';
import type { RequestInfo } from './request-info.ts';
import type { RequestRecord, RequestState } from './request-record.ts';
import type { Transfer } from './transfers.ts';

/** A request while it goes through the pipeline, which tells its entry what happens. */
export class JournalEntry {
  readonly info: RequestInfo;
  readonly #faults = new Set<Fault>();
  readonly #startedAt: number;
  readonly #transfer: Transfer;
  readonly #onEnd: () => void;
  #bytesReceived = 0;
  #bytesSent = 0;
  #state: RequestState = { state: 'running' };

  constructor(info: RequestInfo, startedAt: number, transfer: Transfer, onEnd: () => void) {
    this.info = info;
    this.#startedAt = startedAt;
    this.#transfer = transfer;
    this.#onEnd = onEnd;
  }

  received(bytes: number): void {
    this.#bytesReceived += bytes;
    this.#transfer.bytes += bytes;
    this.#transfer.furthest = Math.max(this.#transfer.furthest, this.#bytesReceived);
  }

  /** Notes a fault that did something. */
  met(fault: Fault): void {
    this.#faults.add(fault);
  }

  sent(bytes: number): void {
    this.#bytesSent += bytes;
  }

  /** The first end counts. */
  end(state: Exclude<RequestState, { readonly state: 'running' }>): void {
    if (this.#state.state !== 'running') return;
    this.#state = state;
    this.#onEnd();
  }

  record(): RequestRecord {
    return {
      ...this.info,
      ...this.#state,
      startedAt: this.#startedAt,
      bytesReceived: this.#bytesReceived,
      bytesSent: this.#bytesSent,
      faults: [...this.#faults],
    };
  }
}
