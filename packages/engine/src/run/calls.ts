/** What is asked of the backend for an upload: each command of the upload machine is one call. */
import { fitPartSize } from '@portage/protocol';
import type { Proving } from '../checksums/proving.ts';
import { chooseParts, type RequestSpeed } from '../machine/choose-parts.ts';
import type { Command } from '../machine/upload-state.ts';
import type { Ports } from '../ports.ts';
import type { Session } from '../vocabulary.ts';
import type { Attempts } from './attempts.ts';
import type { Run } from './run.ts';

type Call = Extract<Command, { do: 'create' | 'list' | 'look' | 'sign' | 'complete' }>;

export interface Calls<Body> {
  /** Makes one attempt of a call. */
  make(run: Run<Body>, call: Call): void;
  /** Throws away what the store holds of an upload. Nobody waits for it: the store's own clean-up takes what is lost. */
  discard(session: Session): void;
}

/** @param link - What is known of the link: how many requests may go at once, and how fast one is. */
export function createCalls<Body>(
  { backend }: Pick<Ports<Body>, 'backend'>,
  proving: Proving<Body>,
  attempts: Attempts<Body>,
  link: { concurrency(): number; speed(): RequestSpeed | undefined },
): Calls<Body> {
  function discard(session: Session): void {
    backend.abort(session).catch(() => {});
  }

  /** Larger or unequal parts were refused on this page. */
  let smallAlone = false;

  function create(run: Run<Body>, small: boolean | undefined): void {
    smallAlone ||= small === true;
    // Another upload may have parts of another size.
    run.partChecksums.clear();
    const { intent } = run;
    const parts =
      small || (smallAlone && intent.adaptPartSize)
        ? { partSize: fitPartSize(intent.size, 0), adaptPartSize: false }
        : intent.adaptPartSize && chooseParts(intent.size, link.concurrency(), link.speed());
    const work = async (signal: AbortSignal) => {
      const [looked, opened] = await Promise.all([
        proving.begin(run.source),
        backend.create({ ...intent, ...parts }, signal),
      ]);
      if (looked.ok) run.firstLook = looked.value;
      else if (opened.ok) discard(opened.value.session);
      return looked.ok ? opened : looked;
    };
    attempts.make(run, { step: 'create' }, work, (value) => ({ type: 'created', ...value }));
  }

  function list(run: Run<Body>, session: Session): void {
    const work = async (signal: AbortSignal) => {
      const held = await backend.listParts(session, signal);
      return held.ok ? proving.sound(held.value, run.partChecksums, session) : held;
    };
    attempts.make(run, { step: 'list' }, work, (holding) => ({ type: 'listed', holding }));
  }

  function look(run: Run<Body>, session: Session): void {
    const work = (signal: AbortSignal) => backend.listParts(session, signal);
    attempts.make(run, { step: 'list' }, work, (holding) => ({ type: 'looked', holding }));
  }

  function sign(run: Run<Body>, { session, partNumbers }: Extract<Call, { do: 'sign' }>): void {
    const work = (signal: AbortSignal) => backend.sign(session, partNumbers, signal);
    attempts.make(run, { step: 'sign' }, work, (requests) => ({ type: 'signed', requests }));
  }

  function complete(run: Run<Body>, { session, parts }: Extract<Call, { do: 'complete' }>): void {
    const { source, partChecksums, firstLook } = run;
    const work = (signal: AbortSignal) =>
      proving.complete({ source, partChecksums, firstLook, session, parts }, signal);
    attempts.make(run, { step: 'complete' }, work, (result) => ({ type: 'completed', result }));
  }

  return {
    discard,
    make(run, call) {
      switch (call.do) {
        case 'create':
          return create(run, call.small);
        case 'list':
          return list(run, call.session);
        case 'look':
          return look(run, call.session);
        case 'sign':
          return sign(run, call);
        case 'complete':
          return complete(run, call);
      }
    },
  };
}
