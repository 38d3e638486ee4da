/** The last call of an upload: what was stored becomes one object, and is proved to be what was sent. */
import type { StoredPart } from '@portage/protocol';
import { algorithmOf, damagedParts, type PartSums, proofOf, provedByEtags, sumAll } from './checksums.ts';
import { planParts } from './part-plan.ts';
import type { Holding, Outcome, Ports, Result, Session, Source } from './ports.ts';

export interface CompleteOptions<Body> {
  readonly source: Source<Body>;
  /** What is known of the parts' sums; those that are missing are added. */
  readonly sums: PartSums;
  readonly session: Session;
  readonly parts: readonly StoredPart[];
}

/** Completes once. Fails as `damaged` where parts arrived otherwise than they were sent. */
export async function completeUpload<Body>(
  { backend, digests }: Pick<Ports<Body>, 'backend' | 'digests'>,
  { source, sums, session, parts }: CompleteOptions<Body>,
  signal: AbortSignal,
): Promise<Outcome<Result>> {
  const algorithm = algorithmOf(session);
  if (!algorithm) return backend.complete(session, parts, undefined, signal);
  const plan = planParts(source.size, session.partSize);
  const summed = await sumAll(plan, sums, source, (body) => digests.sum(body, algorithm));
  if (!summed.ok) return summed;
  // One object's damage is found by the server, which then removes it.
  if (session.kind === 'multipart' && damagedParts(parts, sums, session).size > 0)
    return { ok: false, failure: { kind: 'damaged' } };
  const proof = await proofOf(session, plan, sums, digests.join);
  if (!proof.ok) return proof;
  const outcome = await backend.complete(session, parts, proof.value, signal);
  if (!outcome.ok || !provedByEtags(parts, sums, session)) return outcome;
  return { ok: true, value: { ...outcome.value, verifiedBy: 'MD5' } };
}

/** Without the parts that arrived otherwise than they were sent: they must be sent again. */
export function soundParts(holding: Holding, sums: PartSums, session: Session): Holding {
  if (holding.kind !== 'parts') return holding;
  const damaged = damagedParts(holding.parts, sums, session);
  return { kind: 'parts', parts: holding.parts.filter(({ partNumber }) => !damaged.has(partNumber)) };
}
