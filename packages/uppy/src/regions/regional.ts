/** Several regions, in a browser: what the engine needs to measure, choose and leave them. Loaded where a server offers them. */
import type { ReadyPart, Session, Transport } from '@portage/engine';
import { createRegions } from '@portage/engine/regions';
import type { CreateResponse } from '@portage/protocol';
import type { Uppy } from '@uppy/core';
import { isAsked } from '../sending/asks.ts';
import type { FileRange } from '../sending/file-range.ts';
import { timerClock } from '../timer-clock.ts';
import type { CreateCall, Early, Regional } from './regional-types.ts';
import { isMetered, onNetworkChange, remember, remembered } from './remembered.ts';
import { SWITCHED, switchedIn } from './words.ts';

/** How long a message stands where Uppy shows its own, in milliseconds. */
const SHOWN = 8_000;

export function createRegional(uppy: Uppy, transport: Transport<FileRange>, early: ReadonlySet<Early>): Regional {
  const told = new Set<string>();
  const regions = createRegions(
    { clock: timerClock, ask: askOrigin, isMetered, onLeft: tell, onLearned: (facts) => remember(facts) },
    remembered(),
  );
  const forget = ({ id }: { readonly id: string }) => regions.forget(id);
  uppy.on('file-removed', forget);
  const unsubscribe = onNetworkChange(regions.networkChanged);

  /** Once for each region, however many uploads leave it. */
  function tell(region: string): void {
    if (told.has(region)) return;
    told.add(region);
    uppy.info(switchedIn(document.documentElement.lang || navigator.language), 'info', SHOWN);
    // Uppy's types do not know this event.
    (uppy.emit as (event: string, words: typeof SWITCHED) => void)('portage:region-switched', SWITCHED);
  }

  function hear({ intents }: CreateCall, { files, regions: offered }: CreateResponse): void {
    if (offered) regions.offer(offered);
    for (const [index, created] of files.entries()) {
      const intent = intents[index];
      if (!intent || !('token' in created) || !created.region) continue;
      const { kind, key, token, partSize, lanes, checksum, region } = created;
      const session: Session = { kind, key, token, partSize, lanes, checksum, region };
      const requests = created.requests.map(({ partNumber, request }) => ({
        partNumber,
        request: { ...request, expiresAt: 0 },
      }));
      regions.opened(intent.id, intent.size, session, requests);
    }
  }

  return {
    async create(call) {
      const { body, intents, send, current } = call;
      const files = body.files.map((file, index) => {
        const token = regions.leaves(intents[index]?.id ?? '');
        return token === undefined ? file : { ...file, moves: current(token) };
      });
      const outcome = await send({ ...body, files, regions: regions.order() });
      if (outcome.ok) hear(call, outcome.value);
      return outcome;
    },

    hear(call, response) {
      hear(call, response);
      for (const { attempt, sending, settle } of early)
        regions.adopt(attempt.request.url, sending, settle, attempt.body.end - attempt.body.start);
    },

    async call(step, session, make, more) {
      if (step === 'listParts' && typeof more === 'string') regions.known(more, session);
      if (regions.isGone(session)) return { ok: false, failure: { kind: 'moved' } };
      const outcome = await make();
      if (step !== 'sign') return regions.called(session, outcome);
      if (outcome.ok) regions.signed(session, outcome.value as readonly ReadyPart[]);
      return outcome;
    },

    send: (attempt, signal) => regions.send(transport, attempt, signal, attempt.body.end - attempt.body.start),
    report: regions.report,
    end() {
      unsubscribe();
      uppy.off('file-removed', forget);
    },
  };
}

/** Makes a request that needs no permission and stores nothing. Returns the milliseconds until its response, which is not read. */
async function askOrigin(origin: string, timeout: number): Promise<number | undefined> {
  // What is held while the browser asks for a permission says nothing.
  if (isAsked()) return undefined;
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), timeout);
  const began = performance.now();
  const init: RequestInit = { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store' };
  try {
    await fetch(new URL('/', origin), { ...init, signal: end.signal });
    return performance.now() - began;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
