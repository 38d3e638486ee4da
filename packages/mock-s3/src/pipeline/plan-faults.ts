import { FaultPlan, type PlannedFault } from '../faults/fault-plan.ts';
import { ALWAYS } from '../faults/phase.ts';
import { seededRandom } from '../faults/random.ts';
import type { Line } from '../faults/toxic.ts';
import { type Exchange, resetExchange } from '../http/exchange.ts';
import { watchPeer } from '../http/watch-peer.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import type { Environment } from './environment.ts';

/** How long a client may leave a connection open that the store has ended, in milliseconds. */
const LINGER = 5_000;

/** Which faults a request meets. A bug in `intercept` makes an InternalError of it. */
export function planFaults(environment: Environment, entry: JournalEntry, line: Line): FaultPlan {
  return new FaultPlan([...intercepted(environment, entry), ...environment.faults.plan(entry.info)], line, (fault) =>
    entry.met(fault),
  );
}

function intercepted({ intercept, onInternalError }: Environment, { info }: JournalEntry): readonly PlannedFault[] {
  const planned = (fault: PlannedFault['fault'], index: number): PlannedFault => ({
    fault,
    phase: ALWAYS,
    random: seededRandom('intercept', index, info.operation, info.partNumber ?? 0, info.attempt),
  });
  try {
    return [intercept(info) ?? []].flat().map(planned);
  } catch (error) {
    onInternalError(error);
    return [planned({ kind: 'error', code: 'InternalError' }, 0)];
  }
}

/**
 * The connection of a request, for faults to break.
 * @param broken - Called before the client can know of it, so that who saw it break finds it in the journal.
 */
export function lineOf(exchange: Exchange, broken: () => void): Line {
  const { socket, stream, outgoing } = exchange;
  const gone = new AbortController();
  (stream ?? outgoing).once('close', () => gone.abort());
  return {
    cut: () => {
      broken();
      socket.resetAndDestroy();
    },
    reset: () => {
      broken();
      resetExchange(exchange);
    },
    end: () => {
      broken();
      socket.end();
      const timer = setTimeout(() => socket.destroy(), LINGER);
      socket.once('close', () => clearTimeout(timer));
    },
    connection: socket,
    watch: () => watchPeer(socket),
    signal: gone.signal,
  };
}
