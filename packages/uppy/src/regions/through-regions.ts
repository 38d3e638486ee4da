/** The door to regions: what measures, chooses and leaves them is loaded where a server offers several. */
import type { Backend, Outcome, Session, Transport } from '@portage/engine';
import type { CreateResponse } from '@portage/protocol';
import type { Uppy } from '@uppy/core';
import { arriving } from '../arriving.ts';
import type { FileRange } from '../sending/file-range.ts';
import { within } from '../timer-clock.ts';
import { KEPT_AS } from './kept-as.ts';
import type { CreateCall, Early, Regional } from './regional-types.ts';

/** Calls wait for this code for so long, in milliseconds: it may be on a connection that is dead. */
const LATE = 10_000;
/** The first upload of a page waits no longer for what an earlier one has found, in milliseconds. */
const SOON = 1_000;

export interface RegionsDoor {
  /** Once it has arrived. */
  readonly late: Regional | undefined;
  /** Makes a create call, and hears whether there are regions. */
  create(call: CreateCall): Promise<Outcome<CreateResponse>>;
  /** The backend, with its calls about uploads in regions watched. */
  around(plain: Backend): Backend;
  readonly transport: Transport<FileRange>;
  /** Also what arrives later listens to nothing any more. */
  end(): void;
}

export function throughRegions(uppy: Uppy, transport: Transport<FileRange>): RegionsDoor {
  let loading: Promise<void> | undefined;
  const early = new Set<Early>();
  let isOver = false;

  function load(): Promise<void> {
    loading ??= arriving(import('./regional.ts')).then(
      ({ createRegional }) => {
        door.late = createRegional(uppy, transport, early);
        if (isOver) door.late.end();
      },
      () => {
        loading = undefined;
      },
    );
    return loading;
  }

  const door: RegionsDoor & { late: Regional | undefined } = {
    late: undefined,
    async create(call) {
      try {
        // An earlier page has measured them, so that the code is in the browser's cache, mostly.
        if (sessionStorage[KEPT_AS]) await within(SOON, load());
      } catch {
        // Without a storage each page begins where the server says.
      }
      if (door.late) return door.late.create(call);
      const outcome = await call.send(call.body);
      // The first bytes wait for nothing.
      if (outcome.ok && outcome.value.regions) load().then(() => door.late?.hear(call, outcome.value));
      return outcome;
    },
    around(plain) {
      const watched = <Step extends 'sign' | 'listParts' | 'complete'>(step: Step) => {
        const make = plain[step] as (session: Session, ...args: unknown[]) => Promise<Outcome<never>>;
        const calls = async (session: Session, ...args: unknown[]) => {
          if (session.region) await within(LATE, load());
          const call = () => make(session, ...args);
          return door.late ? door.late.call(step, session, call, args[1]) : call();
        };
        return calls as Backend[Step];
      };
      return { ...plain, sign: watched('sign'), listParts: watched('listParts'), complete: watched('complete') };
    },
    transport: {
      send(attempt, signal) {
        if (door.late) return door.late.send(attempt, signal);
        return new Promise((settle, reject) => {
          const sending = transport.send(attempt, signal);
          const line = { attempt, sending, settle };
          early.add(line);
          sending.then(settle, reject).finally(() => early.delete(line));
        });
      },
    },
    end() {
      isOver = true;
      door.late?.end();
    },
  };
  return door;
}
