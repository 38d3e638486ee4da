/** The life of one attempt at one part: its host, its place, its watch and its checksum, begun and ended here. */

import { partRange } from '@portage/protocol';
import { algorithmOf } from '../checksums/checksums.ts';
import { isCutOff, isOfFile } from '../failure.ts';
import type { AttemptWatch } from '../limits/attempt-watch.ts';
import type { Hosts } from '../limits/hosts.ts';
import type { SendLimiter } from '../limits/send-limiter.ts';
import { pastOf } from '../machine/parts.ts';
import type { Command, Sending } from '../machine/upload-state.ts';
import type { Ports } from '../ports.ts';
import type { Trace } from '../telling/trace.ts';
import type { Outcome } from '../vocabulary.ts';
import type { Attempts } from './attempts.ts';
import type { Run } from './run.ts';

/** Sends parts, each by one attempt. */
export function createPartSender<Body>(
  { transport, checksums, clock }: Pick<Ports<Body>, 'transport' | 'checksums' | 'clock'>,
  {
    attempts,
    watch,
    hosts,
    limiter,
    trace,
    onMoved,
  }: {
    readonly attempts: Attempts<Body>;
    readonly watch: AttemptWatch<Run<Body>>;
    readonly hosts: Hosts;
    readonly limiter: SendLimiter<Run<Body>>;
    readonly trace: Trace | undefined;
    /** `loaded` bytes of a part are handed to the network. */
    readonly onMoved: (run: Run<Body>, partNumber: number, loaded: number) => void;
  },
): (run: Run<Body>, command: Extract<Command, { do: 'send' }>) => void {
  let sends = 0;

  return (run, { partNumber, request }) => {
    // Only a sending upload sends.
    const { parts, session } = run.state as Sending;
    const { start, end } = partRange(parts.plan, partNumber);
    const size = end - start;
    const { stalls } = pastOf(parts, partNumber);
    // Of a file that nobody watches a checksum is kept for the second look at it.
    const algorithm = algorithmOf(session) ?? (run.firstLook?.noticed === false ? 'CRC64NVME' : undefined);
    const host = hosts.take(request);
    let isTogether = host.packed ?? false;
    let failed: boolean | undefined;
    let took: number | undefined;
    let unmoved = size;
    const begunAt = clock.now();
    limiter.begun(size);
    sends += 1;
    const number = sends;
    attempts.make(
      run,
      { step: 'part', partNumber },
      async (signal, abort) => {
        const afterSilence = watch.silent + stalls > 0;
        const isQueued = () => isTogether || host.isQueued;
        const watched = watch.open(run, { partNumber, size, stalls, abort, isQueued });
        trace?.(run.intent.id, 'sent', number, partNumber, isTogether ? '' : host.url);
        try {
          const body = run.source.slice(start, end);
          const onProgress = (loaded: number) => {
            if (signal.aborted) return;
            host.moved();
            const moved = watched.moved(loaded);
            unmoved -= moved;
            limiter.moved(moved, run.source.size);
            trace?.(run.intent.id, 'moved', number, loaded);
            onMoved(run, partNumber, Math.min(loaded, size));
          };
          let computing: Promise<Outcome<bigint>> | undefined;
          let compute = () => {};
          // A file that cannot be read has nothing more to send, though the request may go on waiting for its bytes.
          const unreadable = new Promise<Outcome<never>>((resolve, reject) => {
            compute = () => {
              computing = algorithm && checksums.of(body, algorithm, signal);
              computing?.then((checksum) => !checksum.ok && isOfFile(checksum.failure) && resolve(checksum), reject);
            };
          });
          const onAlone = () => {
            isTogether = false;
            trace?.(run.intent.id, 'sent', number, partNumber, host.url);
            compute();
          };
          const asked = { ...request, url: host.url, pack: isTogether ? request.pack : undefined };
          const together = isTogether && { onAlone, algorithm };
          const sending = transport.send({ request: asked, body, onProgress, afterSilence, ...together }, signal);
          // While the part is sent, so that no time is spent on it before or afterwards. Whoever sends it with others reads it once.
          if (!together) compute();
          const outcome = await Promise.race([sending, unreadable]);
          trace?.(run.intent.id, 'answered', number, outcome, watched.givenUp, signal.aborted);
          const lost = !outcome.ok && outcome.failure.kind === 'network';
          failed = watched.givenUp || (signal.aborted ? undefined : lost);
          const { sent } = watched;
          if (watched.givenUp) return { ok: false, failure: { kind: 'stalled' }, sent };
          if (!outcome.ok) {
            const isCut = !signal.aborted && isCutOff(outcome.failure, sent);
            const atOnce = isCut ? limiter.lost(begunAt) : undefined;
            abort();
            const failure = host.toUpload(outcome.failure);
            return { ok: false, failure: atOnce === undefined ? failure : { kind: 'too-old', atOnce }, sent };
          }
          // How long a file takes in a pack says nothing of a request.
          if (!host.packed) {
            watched.answered();
            took = clock.now() - begunAt;
          }
          // The store has the part: its checksum may take its time, and that is no silence of the network.
          watched.close();
          const computed = await computing;
          const checksum = computed?.ok ? computed.value : outcome.value.checksum;
          if (checksum !== undefined) run.partChecksums.set(partNumber, checksum);
          if (outcome.value.etag === undefined && session.kind === 'multipart') {
            return { ok: false, failure: { kind: 'etag-hidden' } };
          }
          return outcome;
        } finally {
          watched.close();
        }
      },
      ({ etag = '' }) => ({ type: 'stored', part: { partNumber, etag, size } }),
      () => {
        host.release(failed);
        limiter.release(size, unmoved, took);
      },
    );
  };
}
