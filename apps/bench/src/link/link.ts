/** The link between browser and servers, in one of two kinds, and what it can be told. */

/** A link's shape. The same both ways. */
export interface LinkShape {
  /** Bits of IP packets per second, all connections together. 0 is as fast as this machine. */
  readonly rate: number;
  /** In milliseconds. */
  readonly roundTrip: number;
  /** Bytes that may wait for `rate`. @default what goes in a round trip, or in 100 ms where that is shorter */
  readonly queue?: number;
  /** Bits per second that one connection gets at most. @default no limit of its own */
  readonly connectionRate?: number;
  /** Share of packets that are lost, 0 to 1. @default 0 */
  readonly loss?: number;
}

/** Something that happens to the link while an upload runs. */
export type LinkEvent = {
  /** Milliseconds after the start of the upload. */
  readonly at: number;
} & ({ readonly rate: number } | { readonly stall: number });

/** A shorter queue keeps cubic from filling the link at all, a longer one is the bufferbloat of some homes. Milliseconds. */
const SHORTEST_QUEUE = 100;

/** In bytes. */
export function queueOf({ rate, roundTrip, queue }: LinkShape): number {
  return queue ?? Math.round((rate / 8000) * Math.max(roundTrip, SHORTEST_QUEUE));
}

/** How a link is carried: real kernel TCP between namespaces, or a proxy that paces what it passes on. */
export type LinkKind = 'kernel' | 'user-space';

export interface Link extends AsyncDisposable {
  readonly kind: LinkKind;
  /** For the report: what carries the bytes. */
  readonly description: string;
  /** Where servers listen. */
  readonly serverHost: string;
  /** Words to put before a command that runs on that side. */
  readonly serverPrefix: readonly string[];
  readonly clientPrefix: readonly string[];
  /** The origin by which the client's side reaches a port of the servers' side. */
  reach(port: number): Promise<string>;
  shape(shape: LinkShape): Promise<void>;
  /** Changes the rate while it runs; the queue stays what it was, as a router's does. */
  setRate(rate: number): Promise<void>;
  /** For so many milliseconds nothing arrives, and nobody is told. */
  stall(milliseconds: number): Promise<void>;
}
