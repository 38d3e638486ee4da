/**
 * Proves that what is stored is what was picked. Apart from the engine, because nothing of it is needed before an upload
 * runs: a page may load it then.
 */
import { damagedParts, proofOf, provedByEtags, sumAll } from './checksums.ts';
import { planParts } from './part-plan.ts';
import type { Completing, Holding, Outcome, PartSums, Ports, Proving, Result, Session } from './ports.ts';
import { algorithmOf } from './sum-algorithm.ts';

export function createProving<Body>({ backend, digests }: Pick<Ports<Body>, 'backend' | 'digests'>): Proving<Body> {
  async function complete(
    { source, sums, session, parts }: Completing<Body>,
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

  return {
    complete,
    sound: async (holding, sums, session) => ({ ok: true, value: soundParts(holding, sums, session) }),
  };
}

function soundParts(holding: Holding, sums: PartSums, session: Session): Holding {
  if (holding.kind !== 'parts') return holding;
  const damaged = damagedParts(holding.parts, sums, session);
  return { kind: 'parts', parts: holding.parts.filter(({ partNumber }) => !damaged.has(partNumber)) };
}
