/** What `through-packs.ts` and the late code of packs hand to each other. */
import type { Outcome, Transport } from '@portage/engine';
import type { FileRange } from '../sending/file-range.ts';

/** What an upload server offers. */
export interface PacksOffer {
  /** Address of the server and its route. */
  readonly base: string;
  /** The same of the upload that a token is of. */
  baseOf(token: string): string;
  /** Bytes of a pack that its store copies out of. */
  readonly least: number;
  /** Whether more small files are being created. */
  isMoreComing(): boolean;
  /** Makes a call of the server at an address. */
  call(
    base: string,
    operation: 'pack' | 'unpack',
    body: object,
    check: (response: unknown) => response is object,
    signal?: AbortSignal,
  ): Promise<Outcome<object>>;
}

export interface PacksDoor {
  readonly transport: Transport<FileRange>;
  /** Whether small files are to travel together now. */
  pays(): boolean;
  /** Said again with each response. Returns what many small files should wait for. */
  offer(offer: PacksOffer): unknown;
}
