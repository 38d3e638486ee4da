/** Small files that travel together, in a browser. Loaded where an upload server offers it. */
import type { Outcome, PartRequest } from '@portage/engine';
import { createPacker, type Packer } from '@portage/engine/packs';
import type { PackResponse, UnpackResponse } from '@portage/protocol';
import type { Uppy } from '@uppy/core';
import type { FileRange } from '../sending/file-range.ts';
import type { OffThread } from '../sending/worker/off-thread.ts';
import { steadyNow, timerClock } from '../timer-clock.ts';
import { gatherChanges } from './gather-changes.ts';
import type { PacksDoor, PacksOffer } from './packs-types.ts';

export function createPacks(uppy: Uppy, thread: Pick<OffThread, 'transport' | 'gather' | 'after'>): PacksDoor {
  gatherChanges(uppy);
  /** By the address of their server: its tokens mean nothing to another, and its store may copy out of smaller objects. */
  const servers = new Map<string, { latest: PacksOffer; packer: Packer<FileRange> }>();
  return {
    offer(offer) {
      const known = servers.get(offer.base);
      if (known) known.latest = offer;
      else
        servers.set(offer.base, {
          latest: offer,
          packer: packerOf(thread, () => servers.get(offer.base)?.latest ?? offer),
        });
    },
    pays: () => [...servers.values()].some(({ packer }) => packer.pays()),
    transport: {
      send(attempt, signal) {
        const { pack } = attempt.request;
        // Any offer knows of each token whose it is: they are of one page.
        const [any] = servers.values();
        const server = pack === undefined ? undefined : servers.get(any?.latest.baseOf(pack) ?? '');
        if (server) return server.packer.send(attempt, signal);
        const { onAlone, ...alone } = attempt;
        const sending = thread.transport.send(alone, signal);
        onAlone?.();
        return sending;
      },
    },
  };
}

function packerOf(
  { transport, gather, after }: Pick<OffThread, 'transport' | 'gather' | 'after'>,
  offer: () => PacksOffer,
): Packer<FileRange> {
  const ask = (operation: 'pack' | 'unpack', body: object, signal?: AbortSignal) => {
    const { base, call } = offer();
    return call(base, operation, body, isObject, signal);
  };
  return createPacker<FileRange>({
    // As the engine's: browsers slow the timers of a hidden page down.
    clock: { now: steadyNow, after: (ms, fn) => (document.hidden ? after : timerClock.after)(ms, fn) },
    plain: transport,
    least: () => offer().least,
    sizeOf: ({ start, end }) => end - start,
    join: gather,
    isMoreComing: () => offer().isMoreComing(),
    async begin(tokens, padding) {
      const asked = steadyNow();
      const outcome = await ask('pack', { tokens, ...(padding > 0 && { padding }) });
      if (!outcome.ok) return outcome;
      const { token, request } = outcome.value as PackResponse;
      if (typeof token !== 'string' || typeof request?.url !== 'string') return INVALID;
      const { expiresIn, ...signed } = request;
      const ready: PartRequest = { ...signed, expiresAt: asked + expiresIn };
      return { ok: true, value: { token, request: ready } };
    },
    async unpack(token, etag, files, more, signal) {
      const asked = { token, etag, files, ...(more && { more }) };
      const outcome = await ask('unpack', asked, signal);
      if (!outcome.ok) return outcome;
      const { files: taken } = outcome.value as UnpackResponse;
      if (!Array.isArray(taken)) return INVALID;
      return { ok: true, value: files.map((_, index) => etagOf(taken[index])) };
    },
  });
}

const isObject = (response: unknown) => typeof response === 'object' && response !== null;

const INVALID: Outcome<never> = { ok: false, failure: { kind: 'invalid-response' } };

const etagOf = (taken: UnpackResponse['files'][number] | undefined) =>
  taken && 'etag' in taken && typeof taken.etag === 'string' ? taken.etag : undefined;
