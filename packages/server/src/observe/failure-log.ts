import { StoreError } from '../errors.ts';
import type { Logger } from './logger.ts';

/** How long failures of one kind are only counted after one of them was written, in milliseconds. */
const QUIET_FOR = 10_000;

/** Kinds of failures that are kept apart. More of them at once are not told apart any more. */
const MOST_KINDS = 100;

type Call = { route: string; operation: string };

/**
 * Writes failures to the log, each kind once in a while: in an outage every call fails in the same way, and a line for each
 * would fill the disk. `more` says how many of its kind were not written since the last one.
 */
export function createFailureLog(logger: Logger, clock: () => number): (error: unknown, call: Call) => void {
  const kinds = new Map<string, { at: number; more: number }>();
  return (err, call) => {
    const kind = kindOf(err, call);
    const now = clock();
    const last = kinds.get(kind);
    if (last !== undefined && now - last.at < QUIET_FOR && now >= last.at) {
      last.more += 1;
      return;
    }
    if (kinds.size >= MOST_KINDS) kinds.clear();
    kinds.set(kind, { at: now, more: 0 });
    const more = last !== undefined && last.more > 0 && { more: last.more };
    logger.error({ ...call, ...more, err: err instanceof StoreError ? shortened(err) : err }, 'a call failed');
  };
}

function kindOf(err: unknown, { route, operation }: Call): string {
  if (err instanceof StoreError) return `store ${err.reason}`;
  return `${route} ${operation} ${err instanceof Error ? `${err.name} ${err.message.slice(0, 100)}` : typeof err}`;
}

/** Where in this code a call to the store was made helps nobody who looks for what is wrong with the store. */
function shortened({ name, reason, message, cause }: StoreError): object {
  return { name, reason, message, ...(cause !== undefined && { cause: rootOf(cause) }) };
}

/** The first cause, in a line. */
function rootOf(cause: unknown): string {
  let root = cause;
  for (let depth = 0; depth < 5 && root instanceof Error && root.cause !== undefined; depth++) root = root.cause;
  const code = (root as { code?: unknown } | null)?.code;
  return (typeof code === 'string' ? `${code} ${String(root)}` : String(root)).slice(0, 300);
}
