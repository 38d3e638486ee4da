import type { ByteStage } from '../http/body-source.ts';
import type { Phase } from './phase.ts';

/** Which way bytes go, in Toxiproxy's words: upstream is from the client to the store. */
export type Direction = 'upstream' | 'downstream';

/** Where a toxic acts; `both` is upstream and downstream. */
export type Directions = Direction | 'both';

/** The connection that toxics act upon. */
export interface Line {
  /** Resets the connection (TCP RST). */
  readonly cut: () => void;
  /** Breaks off this request: over HTTP/2 its stream alone, over HTTP/1.1 the connection. */
  readonly reset: () => void;
  /** Ends the connection (TCP FIN). */
  readonly end: () => void;
  /** Looks after the client while nothing is read from it; see `watchPeer`. @returns Stops. */
  readonly watch: () => () => void;
  /** Names the connection, which may carry many requests over HTTP/2. */
  readonly connection: object;
  /** Aborted as soon as the request or its connection is gone, so that nothing waits in vain. */
  readonly signal: AbortSignal;
}

/** What a toxic may use. */
export interface ToxicContext {
  readonly line: Line;
  /** When the toxic is in force. */
  readonly phase: Phase;
  /** The next number of the request's own seeded sequence, from 0 to below 1. */
  readonly random: () => number;
  /** To be called when the toxic does something, for the journal. */
  readonly acted: () => void;
}

/** Something wrong with one connection while it carries one request; named after Toxiproxy's toxics. */
export interface Toxic {
  /** Before the body of the request is read (upstream), or before anything of the response is sent (downstream). */
  readonly open?: (direction: Direction) => Promise<void>;
  /** What the bytes of a body go through. */
  readonly stage?: (direction: Direction) => ByteStage | undefined;
  /** After the last byte of the response, before the connection ends; having one makes it end. */
  readonly close?: () => Promise<void>;
}

/** Thrown where a fault has broken the connection: there is nobody left to answer. */
export class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
}

/** Whether a toxic of these directions acts upon this one. */
export function acts(directions: Directions, direction: Direction): boolean {
  return directions === 'both' || directions === direction;
}
