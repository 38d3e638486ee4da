import type { ByteStage } from '../http/body-source.ts';
import type { Fault } from './fault.ts';
import type { Phase } from './phase.ts';
import type { Random } from './random.ts';
import { flipBit } from './s3/bit-flip.ts';
import { toToxic } from './to-toxic.ts';
import type { Direction, Line, Toxic } from './toxic.ts';

/** A fault that was put on a request, and when it is in force. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly phase: Phase;
  /** The request's own sequence for this fault. */
  readonly random: Random;
}

/** The faults of one request, sorted by where in the pipeline they act. */
export class FaultPlan {
  readonly #planned: readonly PlannedFault[];
  readonly #toxics: readonly Toxic[];
  readonly #acted: (fault: Fault) => void;

  /** @param acted - Hears of each fault when it first does something. */
  constructor(planned: readonly PlannedFault[], line: Line, acted: (fault: Fault) => void) {
    this.#planned = planned;
    this.#acted = acted;
    this.#toxics = planned.flatMap(
      ({ fault, phase, random }) => toToxic(fault, { line, phase, random, acted: () => acted(fault) }) ?? [],
    );
  }

  /** Waits, or cuts, before bytes move. */
  async open(direction: Direction): Promise<void> {
    for (const toxic of this.#toxics) await toxic.open?.(direction);
  }

  /** What the bytes of a body have to go through. */
  stages(direction: Direction): readonly ByteStage[] {
    const flips = direction === 'upstream' ? this.#flips('received') : [];
    return [...this.#toxics.flatMap((toxic) => toxic.stage?.(direction) ?? []), ...flips];
  }

  /** What bytes go through between their verification and the disk. */
  storedStages(): readonly ByteStage[] {
    return this.#flips('stored');
  }

  /** The wait between the last byte of the response and the end of the connection; `undefined` if it may live on. */
  closing(): (() => Promise<void>) | undefined {
    const closes = this.#toxics.flatMap(({ close }) => close ?? []);
    if (closes.length === 0) return undefined;
    return async () => {
      for (const close of closes) await close();
    };
  }

  /** The first fault of a kind that is in force now. */
  find<Kind extends Fault['kind']>(kind: Kind): Extract<Fault, { readonly kind: Kind }> | undefined {
    const found = this.#planned.find(({ fault, phase }) => fault.kind === kind && phase.isOn())?.fault;
    if (found === undefined) return undefined;
    this.#acted(found);
    return found as Extract<Fault, { readonly kind: Kind }>;
  }

  #flips(where: 'stored' | 'received'): readonly ByteStage[] {
    return this.#planned.flatMap(({ fault, phase }) =>
      fault.kind === 'bit_flip' && (fault.where ?? 'stored') === where && phase.isOn()
        ? flipBit(fault, () => this.#acted(fault))
        : [],
    );
  }
}
