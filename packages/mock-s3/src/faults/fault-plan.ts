import { setTimeout as delay } from 'node:timers/promises';
import type { ByteStage } from '../http/body-source.ts';
import type { ErrorAnswer } from '../http/s3-response.ts';
import { ConnectionCut, cutAfter, narrow } from './byte-faults.ts';
import type { Fault } from './fault.ts';

/** The connection that faults act upon. */
export interface Line {
  /** Resets the connection. */
  readonly cut: () => void;
  /** Aborted as soon as the connection is gone, so that nothing waits in vain. */
  readonly signal: AbortSignal;
}

/** The faults of one request, sorted by where in the pipeline they act. */
export class FaultPlan {
  readonly faults: readonly Fault[];
  readonly #line: Line;

  constructor(faults: Fault | readonly Fault[] | undefined, line: Line) {
    this.faults = faults === undefined ? [] : [faults].flat();
    this.#line = line;
  }

  /** Waits as long as the delays say. */
  async delay(where: 'before' | 'answer'): Promise<void> {
    for (const fault of this.faults) {
      if (fault.kind === 'delay' && (fault.where ?? 'before') === where) {
        await delay(fault.ms, undefined, { signal: this.#line.signal });
      }
    }
  }

  /** The answer that takes the place of the store's own. */
  error(): ErrorAnswer | undefined {
    const fault = this.faults.find(({ kind }) => kind === 'error');
    return fault?.kind === 'error' ? { message: 'Injected fault.', ...fault } : undefined;
  }

  /** Cuts the connection if nothing of the answer shall get out. */
  cutBeforeAnswer(): void {
    const isCut = this.faults.some(
      (fault) => fault.kind === 'reset' && fault.where === 'answer' && fault.afterBytes === 0,
    );
    if (!isCut) return;
    this.#line.cut();
    throw new ConnectionCut();
  }

  /** What the bytes of a body have to go through. */
  stages(where: 'request' | 'answer'): readonly ByteStage[] {
    return this.faults.flatMap((fault) => {
      if (fault.kind === 'bandwidth') return narrow(fault.bytesPerSecond, this.#line.signal);
      if (fault.kind === 'reset' && (fault.where ?? 'request') === where) {
        return cutAfter(fault.afterBytes, this.#line.cut);
      }
      return [];
    });
  }
}
