import { acts, ConnectionCut, type Directions, type Toxic, type ToxicContext } from '../toxic.ts';
import { wait } from '../wait.ts';

/** What is held back, and for how long. */
export interface Hold {
  /** So many bytes of the body get through before. */
  readonly afterBytes?: number;
  readonly direction?: Directions;
  /** Milliseconds until the connection ends; without it, it goes on where it stopped once the fault is gone. */
  readonly endAfter?: number;
}

/** Lets nothing through any more, and says so to nobody. */
export function holdBack({ afterBytes = 0, direction = 'both', endAfter }: Hold, context: ToxicContext): Toxic {
  const { line, phase, acted } = context;
  const hold = async (): Promise<void> => {
    if (!phase.isOn()) return;
    acted();
    const unwatch = line.watch();
    const over = endAfter === undefined ? phase.untilOff(line.signal) : wait(endAfter, line.signal);
    await over.finally(unwatch);
    if (endAfter === undefined) return;
    line.end();
    throw new ConnectionCut();
  };
  return {
    open: async (each) => {
      if (acts(direction, each) && afterBytes === 0) await hold();
    },
    stage: (each) =>
      acts(direction, each)
        ? async function* (source) {
            let passed = 0;
            for await (const chunk of source) {
              const head = chunk.subarray(0, Math.max(0, afterBytes - passed));
              passed += chunk.length;
              if (head.length > 0) yield head;
              if (head.length === chunk.length) continue;
              await hold();
              yield chunk.subarray(head.length);
            }
          }
        : undefined,
  };
}
