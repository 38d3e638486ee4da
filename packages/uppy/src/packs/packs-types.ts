/** What `through-packs.ts` and the late code of packs hand to each other. */
import type { Outcome } from '@portage/engine';

/** What an upload server offers. */
export interface PacksOffer {
  /** Bytes of a pack that its store copies out of. */
  readonly least: number;
  /** Makes a call of the server that `token` is of. */
  ask(operation: 'pack' | 'unpack', token: string, body: object, signal: AbortSignal): Promise<Outcome<object>>;
}
