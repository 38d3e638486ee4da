/** The sums of one upload's parts, as far as they are known, and what follows from them. */
import { crc64OfWhole, md5InETag, type StoredPart } from '@portage/protocol';
import { type PartPlan, partLength, partRange } from './part-plan.ts';
import type { Digests, PartSums, Source } from './ports.ts';
import { algorithmOf } from './sum-algorithm.ts';
import type { Outcome, Proof, Session } from './vocabulary.ts';

/**
 * The parts that arrived otherwise than they were sent. ETags that fit show that the store's are MD5s; where none fits, they
 * may be of encrypted bytes, and nothing is shown.
 */
export function damagedParts(parts: readonly StoredPart[], sums: PartSums, { checksum }: Session): Set<number> {
  const compared = parts.map((part) => [part.partNumber, compare(part, sums, checksum)] as const);
  if (checksum !== 'CRC64NVME' && compared.every(([, fits]) => !fits)) return new Set();
  return new Set(compared.flatMap(([partNumber, fits]) => (fits === false ? [partNumber] : [])));
}

/** Undefined where one of the two is not known. */
function compare(part: StoredPart, sums: PartSums, checksum: Session['checksum']): boolean | undefined {
  const sum = sums.get(part.partNumber);
  if (sum === undefined || checksum === undefined) return undefined;
  const [found, expected] =
    checksum === 'CRC64NVME'
      ? [crc64OfWhole(part.checksum), encodeCrc64nvme(sum)]
      : [md5InETag(part.etag), encodeMd5(sum)];
  return found === undefined ? undefined : found === expected;
}

/** Whether every part's ETag is the MD5 of its bytes. */
export function provedByEtags(parts: readonly StoredPart[], sums: PartSums, { checksum }: Session): boolean {
  return checksum !== 'CRC64NVME' && parts.length > 0 && parts.every((part) => compare(part, sums, checksum) === true);
}

/**
 * Sums up what is not summed up yet: parts that an earlier page has sent. What the store says of them is what is to be
 * checked.
 */
export async function sumAll<Body>(
  plan: PartPlan,
  sums: PartSums,
  source: Source<Body>,
  sum: (body: Body) => Promise<Outcome<bigint>>,
): Promise<Outcome<undefined>> {
  for (let partNumber = 1; partNumber <= plan.count; partNumber += 1) {
    if (sums.has(partNumber)) continue;
    const { start, end } = partRange(plan, partNumber);
    const summed = await sum(source.slice(start, end));
    if (!summed.ok) return summed;
    sums.set(partNumber, summed.value);
  }
  return { ok: true, value: undefined };
}

/** What the store must hold of the whole file, as S3 writes it. Every part must be summed up. */
export async function proofOf(
  session: Session,
  plan: PartPlan,
  sums: PartSums,
  join: Digests<unknown>['join'],
): Promise<Outcome<Proof>> {
  const algorithm = algorithmOf(session) ?? 'CRC64NVME';
  const parts = Array.from({ length: plan.count }, (_, index) => ({
    sum: sums.get(index + 1) ?? 0n,
    length: partLength(plan, index + 1),
  }));
  const joined = await join(parts, algorithm);
  if (!joined.ok) return joined;
  if (algorithm === 'CRC64NVME') return { ok: true, value: { checksum: encodeCrc64nvme(joined.value) } };
  // An MD5 of the parts' MD5s, and their number: what nearly every store gives a multipart object for an ETag.
  return { ok: true, value: { etag: `${encodeMd5(joined.value)}-${plan.count}` } };
}

/** As S3 writes it: base64 of the eight bytes, the most significant first. */
export function encodeCrc64nvme(crc: bigint): string {
  let bytes = '';
  for (let shift = 56n; shift >= 0n; shift -= 8n) bytes += String.fromCharCode(Number((crc >> shift) & 255n));
  return btoa(bytes);
}

function encodeMd5(sum: bigint): string {
  return sum.toString(16).padStart(32, '0');
}
