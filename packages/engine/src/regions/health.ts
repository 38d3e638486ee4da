/** How regions are doing: what is stored there and what fails, and whether that is the region or the network. */
import type { Clock } from '../ports.ts';
import type { RegionFacts } from './choose.ts';
import { atRest, checkFlow, type Flow, NO_FLOW } from './fading.ts';
import { whatIsWrong } from './leaving.ts';
import type { AskRegion } from './measure.ts';

/** How a region is doing. */
interface Health {
  /** Since when nothing has got through, by the outcome of attempts. */
  failingSince: number | undefined;
  /** Since when it is known that it is the region, and not the network. */
  illSince: number | undefined;
  /** Since when it responds when it is asked, though attempts fail. */
  openSince: number | undefined;
  failedAt: number;
  isLookedAt: boolean;
  /** When it may be looked at again. */
  lookAfter: number;
  /** Bytes stored, and the milliseconds in which some were on their way. */
  bytes: number;
  busy: number;
  busySince: number | undefined;
  flow: Flow;
}

/** A region whose attempts have not moved for so long is looked at, in milliseconds. */
export const SILENT = 4_000;
/** The same where they have failed for so long. */
const FAILING = 500;
/** How long a region has to respond to such a look, and how long none follows one that found nothing wrong. In milliseconds. */
const LOOK = 2_500;
const FOUND_NOTHING = 5_000;
/** A region where nothing has failed for so long is not watched any more, in milliseconds. */
const FORGOTTEN = 30_000;
/** New uploads do not go to a region that was gone for so long, in milliseconds. */
const REST = 60_000;
/** Fewer bytes say little of a region's speed. */
const TELLING = 1024 * 1024;

export interface HealthPorts {
  readonly clock: Clock;
  readonly ask: AskRegion;
  /** Whether each byte costs the person something. */
  readonly isMetered: () => boolean;
  /** All that are offered. Where there is one alone it is not asked what is wrong. */
  readonly names: () => readonly string[];
  readonly facts: ReadonlyMap<string, RegionFacts>;
  readonly learn: (name: string, more: RegionFacts) => void;
}

export function createHealth({ clock, ask, isMetered, names, facts, learn }: HealthPorts) {
  const health = new Map<string, Health>();

  function of(name: string): Health {
    const one = health.get(name) ?? {
      ...{ failingSince: undefined, illSince: undefined, openSince: undefined, failedAt: 0 },
      ...{ isLookedAt: false, lookAfter: 0, bytes: 0, busy: 0, busySince: undefined },
      flow: NO_FLOW,
    };
    health.set(name, one);
    return one;
  }

  const isDown = (name: string) => (facts.get(name)?.downUntil ?? 0) > clock.now();
  const rest = (name: string) => learn(name, { downUntil: clock.now() + REST });

  return {
    /** Milliseconds for which it is known that it is the region; undefined while it is not. */
    illFor(name: string): number | undefined {
      const { illSince } = of(name);
      return illSince === undefined ? undefined : clock.now() - illSince;
    },

    gotThrough(name: string): void {
      Object.assign(of(name), { failingSince: undefined, illSince: undefined, openSince: undefined });
      if (isDown(name)) learn(name, { downUntil: undefined });
    },

    failed(name: string): void {
      const one = of(name);
      one.failedAt = clock.now();
      one.failingSince ??= one.failedAt;
    },

    /** It is the region, for at least so many milliseconds. */
    isIll(name: string, ms = 0): void {
      const one = of(name);
      const now = clock.now();
      one.illSince ??= Math.min(one.failingSince ?? now, now - ms);
    },

    /** New uploads go elsewhere for a while. */
    rest,

    /** Those where something failed lately. */
    troubled: (): string[] =>
      [...health].flatMap(([name, { failingSince, failedAt }]) =>
        failingSince === undefined || clock.now() - failedAt > FORGOTTEN ? [] : [name],
      ),

    isFailing: (name: string): boolean => clock.now() - (of(name).failingSince ?? clock.now()) >= FAILING,

    /** Whether far fewer bytes move than before, and nobody looked why. */
    mayFade(name: string): boolean {
      const one = of(name);
      const { flow, mayFade } = checkFlow(one.flow, clock.now(), facts.get(name)?.goodput);
      one.flow = flow;
      return mayFade && !isMetered();
    },

    moved(name: string, bytes: number): void {
      const one = of(name);
      one.flow = { ...one.flow, moved: one.flow.moved + bytes };
    },

    /** Something is on its way there, or nothing any more. */
    setBusy(name: string, isBusy: boolean): void {
      const one = of(name);
      if (isBusy) one.busySince ??= clock.now();
      else if (one.busySince !== undefined) {
        one.busy += clock.now() - one.busySince;
        one.busySince = undefined;
        one.flow = atRest(one.flow);
      }
    },

    stored(name: string, bytes: number): void {
      const one = of(name);
      one.bytes += bytes;
      const busy = one.busy + (one.busySince === undefined ? 0 : clock.now() - one.busySince);
      if (one.bytes >= TELLING && busy > 0) learn(name, { goodput: (one.bytes / busy) * 1000 });
      // What is long ago counts half.
      if (one.bytes >= 64 * TELLING) Object.assign(one, { bytes: one.bytes / 2, busy: one.busy / 2 });
    },

    /** Finds out whether it is the region, by asking all of them at once. */
    async look(name: string): Promise<void> {
      const one = of(name);
      const began = clock.now();
      if (one.isLookedAt || names().length < 2 || began < one.lookAfter) return;
      one.isLookedAt = true;
      const asked = await Promise.all(names().map(async (each) => [each, await ask(each, LOOK)] as const));
      one.isLookedAt = false;
      // On another network by now.
      if (health.get(name) !== one) return;
      const wrong = whatIsWrong(name, new Map(asked), facts.get(name)?.roundTrip);
      const now = clock.now();
      if (wrong === 'nothing') {
        one.lookAfter = now + FOUND_NOTHING;
        one.openSince ??= began;
        // It responds, and yet nothing is stored: after a while that is the same as being gone.
        const refuses = one.failedAt > one.openSince && now - one.openSince >= SILENT;
        one.illSince = refuses ? (one.illSince ?? one.openSince) : undefined;
        if (!refuses) return;
      } else {
        one.openSince = undefined;
        if (wrong === 'network') return;
        one.illSince ??= one.failingSince ?? began;
      }
      rest(name);
    },

    /** The network is another one. */
    clear: () => health.clear(),
  };
}
