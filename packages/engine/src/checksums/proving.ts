/** Proves that what is stored is what was picked. */
import { partLength, planParts, type StoredPart } from '@portage/protocol';
import type { FirstLook, PartChecksums, Ports, Source } from '../ports.ts';
import type { Holding, Outcome, Result, SecondLook, Session } from '../vocabulary.ts';
import { algorithmOf, damagedParts, fillIn, proofOf, provedByEtags } from './checksums.ts';
import { claim, lookAgain, sampleRanges } from './second-look.ts';

/** An upload whose parts are all stored. */
export interface Completing<Body> {
  readonly source: Source<Body>;
  /** What is known of the parts' checksums; those that are missing are added. */
  readonly partChecksums: PartChecksums;
  readonly session: Session;
  readonly parts: readonly StoredPart[];
  /** Undefined where there was none. */
  readonly firstLook: FirstLook | undefined;
}

/** Proves that what is stored is what was picked. */
export interface Proving<Body> {
  /** Looks at a file before its first byte is sent. */
  begin(source: Source<Body>): Promise<Outcome<FirstLook>>;
  /** Leaves out the parts that arrived otherwise than they were sent: they must be sent again. */
  sound(holding: Holding, partChecksums: PartChecksums, session: Session): Promise<Outcome<Holding>>;
  /**
   * Completes once. Fails as `damaged` where parts arrived otherwise than they were sent, and as `changed` where the file
   * is not what was sent any more.
   */
  complete(upload: Completing<Body>, signal: AbortSignal): Promise<Outcome<Result>>;
}

const NOTHING = { ok: true, value: 0n } as const;
const CHANGED = { ok: false, failure: { kind: 'changed' } } as const;

export function createProving<Body>(
  { backend, checksums, clock, random }: Pick<Ports<Body>, 'backend' | 'checksums' | 'clock' | 'random'>,
  looksAgain: () => boolean,
): Proving<Body> {
  /** The second look: its result and the checksums it compared. A repeated Complete with the same ones needs no other look. */
  const seen = new WeakMap<PartChecksums, { readonly of: string; readonly how: SecondLook }>();

  /** Reads all of the file again, unless that takes too long. */
  async function readAgain(
    { source, partChecksums, session }: Completing<Body>,
    within: number,
    signal: AbortSignal,
  ): Promise<Outcome<boolean>> {
    const tooLong = new AbortController();
    const stop = () => tooLong.abort();
    const stopTimer = clock.after(within, stop);
    signal.addEventListener('abort', stop);
    const whole = source.slice(0, source.size);
    const plan = planParts(source.size, session.partSize, session.lanes);
    const lengths = Array.from({ length: plan.count }, (_, index) => partLength(plan, index + 1));
    const read = await checksums.ofParts(whole, lengths, algorithmOf(session) ?? 'CRC64NVME', tooLong.signal);
    stopTimer();
    signal.removeEventListener('abort', stop);
    if (!read.ok) return tooLong.signal.aborted && !signal.aborted ? { ok: true, value: false } : read;
    return read.value.every((checksum, index) => checksum === partChecksums.get(index + 1))
      ? { ok: true, value: true }
      : CHANGED;
  }

  async function look(upload: Completing<Body>, signal: AbortSignal): Promise<Outcome<SecondLook>> {
    const { source, firstLook } = upload;
    if (!firstLook || !looksAgain()) return { ok: true, value: 'none' };
    const next = lookAgain(firstLook, source.size, upload.partChecksums.size > 0, clock.now());
    if (next.how === 'none') return { ok: true, value: 'none' };
    if (next.how === 'whole') {
      const read = await readAgain(upload, next.within, signal);
      if (!read.ok) return read;
      if (read.value) return { ok: true, value: 'whole' };
    }
    const { ranges, sample } = firstLook;
    if (ranges.length === 0) return { ok: true, value: 'none' };
    const again = await checksums.sample(source.slice(0, source.size), ranges);
    if (!again.ok) return again;
    return again.value === sample ? { ok: true, value: 'samples' } : CHANGED;
  }

  async function complete(upload: Completing<Body>, signal: AbortSignal): Promise<Outcome<Result>> {
    const { source, partChecksums, session, parts, firstLook } = upload;
    const algorithm = algorithmOf(session) ?? (firstLook?.noticed === false && looksAgain() ? 'CRC64NVME' : undefined);
    const plan = planParts(source.size, session.partSize, session.lanes);
    if (algorithm) {
      const filled = await fillIn(plan, partChecksums, source, (body) => checksums.of(body, algorithm));
      if (!filled.ok) return filled;
    }
    if (damagedParts(parts, partChecksums, session).size > 0) return { ok: false, failure: { kind: 'damaged' } };
    const all = [...partChecksums.values()].join();
    const before = seen.get(partChecksums);
    const looked = before?.of === all ? ({ ok: true, value: before.how } as const) : await look(upload, signal);
    if (!looked.ok) return looked;
    seen.set(partChecksums, { of: all, how: looked.value });
    const proof = algorithmOf(session) ? await proofOf(session, plan, partChecksums, checksums.join) : undefined;
    if (proof?.ok === false) return proof;
    const outcome = await backend.complete(session, parts, proof?.value, signal);
    if (!outcome.ok) return outcome;
    const byEtags = provedByEtags(parts, partChecksums, session) && ({ verifiedBy: 'MD5' } as const);
    const noticed = firstLook?.noticed === true && looksAgain();
    return { ok: true, value: claim({ ...outcome.value, ...byEtags }, looked.value, noticed) };
  }

  return {
    async begin(source) {
      const ranges = looksAgain() ? sampleRanges(source.size, random) : [];
      const at = clock.now();
      const sampling = ranges.length > 0 ? checksums.sample(source.slice(0, source.size), ranges) : NOTHING;
      // The first part waits for both.
      const [noticed, sample] = await Promise.all([checksums.noticesChanges(), sampling]);
      return sample.ok ? { ok: true, value: { at, noticed, ranges, sample: sample.value } } : sample;
    },
    complete,
    sound: async (holding, partChecksums, session) => ({
      ok: true,
      value: soundParts(holding, partChecksums, session),
    }),
  };
}

function soundParts(holding: Holding, partChecksums: PartChecksums, session: Session): Holding {
  if (holding.kind !== 'parts') return holding;
  const damaged = damagedParts(holding.parts, partChecksums, session);
  return { kind: 'parts', parts: holding.parts.filter(({ partNumber }) => !damaged.has(partNumber)) };
}
