import * as v from 'valibot';
import { ConnectionCut, type Toxic, type ToxicContext } from '../toxic.ts';

/**
 * The store can not be reached: connections are reset, those under way and, if the fault is aimed at everything, new
 * ones before they can ask for anything.
 * @see https://github.com/Shopify/toxiproxy#down
 */
export interface Down {
  readonly kind: 'down';
}

export const downSchema = v.strictObject({ kind: v.literal('down') });

export function down(_: Down, { line, phase, acted }: ToxicContext): Toxic {
  let isCut = false;
  const cut = (): void => {
    if (isCut) return;
    isCut = true;
    acted();
    line.cut();
  };
  // Also when the time comes while the request is under way, or another fault holds it back. Aborted when the connection
  // is gone, which is no error.
  phase.untilOn(line.signal).then(cut, () => undefined);
  return {
    open: async () => {
      if (!phase.isOn()) return;
      cut();
      throw new ConnectionCut();
    },
  };
}
