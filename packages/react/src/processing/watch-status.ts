/**
 * How far stored files are, for the rows of a list: by one question after another. A stream for each file would take the page's
 * connections from its uploads, since a browser opens six to a host.
 */
import { fetchStatus, type StatusAddress } from './status-events.ts';
import type { ProcessingProgress } from './use-processing.ts';

/** What a row shows; `steps` has what each came to. */
export interface RowStatus extends ProcessingProgress {
  readonly steps?: Readonly<Record<string, StepSeen>>;
}

export interface StepSeen {
  readonly state: string;
  readonly code?: string;
  readonly message?: string;
  readonly result?: { readonly placeholder?: unknown };
  readonly files?: readonly { readonly url: string; readonly type: string; readonly width?: number }[];
}

/** From one round of questions to the next, in milliseconds. */
const PAUSE = 1_000;
/** Questions of a round. The next ones have their turn in the next round. */
const ROUND = 10;
/** After so many questions in a row without a response nobody asks for the file any more. */
const ATTEMPTS = 10;

interface Watched {
  readonly address: () => Promise<StatusAddress>;
  readonly listeners: Set<(status: RowStatus) => void>;
  failures: number;
}

/** In the order of their turns, by their tokens. */
const watched = new Map<string, Watched>();
/** What is over does not change any more. */
const over = new Map<string, RowStatus>();
let isAsking = false;

export const isOver = ({ state }: RowStatus): boolean => state === 'done' || state === 'failed';

/** Calls `listener` with each status until it is over. Returns the function that ends it. */
export function watchStatus(
  token: string,
  address: () => Promise<StatusAddress>,
  listener: (status: RowStatus) => void,
): () => void {
  const known = over.get(token);
  if (known) {
    listener(known);
    return () => {};
  }
  const entry = watched.get(token) ?? { address, listeners: new Set(), failures: 0 };
  watched.set(token, entry);
  entry.listeners.add(listener);
  askAll();
  return () => {
    entry.listeners.delete(listener);
    if (entry.listeners.size === 0 && watched.get(token) === entry) watched.delete(token);
  };
}

async function askAll(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  while (watched.size > 0) {
    for (const [token, entry] of [...watched].slice(0, ROUND)) await ask(token, entry);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  isAsking = false;
}

async function ask(token: string, entry: Watched): Promise<void> {
  let status: RowStatus | undefined;
  try {
    status = (await fetchStatus(await entry.address(), AbortSignal.timeout(10_000))) as RowStatus;
    entry.failures = 0;
  } catch {
    entry.failures += 1;
  }
  if (watched.get(token) !== entry) return;
  // The others first, next time.
  watched.delete(token);
  if (status && isOver(status)) over.set(token, status);
  else if (entry.failures < ATTEMPTS) watched.set(token, entry);
  if (status) for (const listener of [...entry.listeners]) listener(status);
}
