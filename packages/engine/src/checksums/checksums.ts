/** The checksums of one upload's parts, as far as they are known, and what follows from them. */
import { crc64OfWhole, md5InETag, type PartPlan, partLength, partRange, type StoredPart } from '@portage/protocol';
import type { Checksums, PartChecksums, Source } from '../ports.ts';
import type { Outcome, Proof, Session } from '../vocabulary.ts';

/** The algorithm of an upload's part checksums; undefined where nobody looks at them. */
export function algorithmOf({ checksum }: Session): 'CRC64NVME' | 'MD5' | undefined {
  return checksum === 'ETag' ? 'MD5' : checksum;
}

/**
 * The parts that arrived otherwise than they were sent. ETags that fit show that the store's are MD5s; where none fits, they
 * may be of encrypted bytes, and nothing is shown.
 */
export function damagedParts(
  parts: readonly StoredPart[],
  partChecksums: PartChecksums,
  { checksum }: Session,
): Set<number> {
  const compared = parts.map((part) => [part.partNumber, compare(part, partChecksums, checksum)] as const);
  if (checksum !== 'CRC64NVME' && compared.every(([, fits]) => !fits)) return new Set();
  return new Set(compared.flatMap(([partNumber, fits]) => (fits === false ? [partNumber] : [])));
}

/** Undefined where one of the two is not known. */
function compare(part: StoredPart, partChecksums: PartChecksums, kind: Session['checksum']): boolean | undefined {
  const sent = partChecksums.get(part.partNumber);
  if (sent === undefined || kind === undefined) return undefined;
  const [found, expected] =
    kind === 'CRC64NVME'
      ? [crc64OfWhole(part.checksum), encodeCrc64nvme(sent)]
      : [md5InETag(part.etag), encodeMd5(sent)];
  return found === undefined ? undefined : found === expected;
}

/** Whether every part's ETag is the MD5 of its bytes. */
export function provedByEtags(
  parts: readonly StoredPart[],
  partChecksums: PartChecksums,
  { checksum }: Session,
): boolean {
  return (
    checksum !== 'CRC64NVME' &&
    parts.length > 0 &&
    parts.every((part) => compare(part, partChecksums, checksum) === true)
  );
}

/**
 * Computes the checksums that are missing: of parts that an earlier page has sent. What the store says of them is what is to
 * be checked.
 */
export async function fillIn<Body>(
  plan: PartPlan,
  partChecksums: PartChecksums,
  source: Source<Body>,
  checksumOf: (body: Body) => Promise<Outcome<bigint>>,
): Promise<Outcome<undefined>> {
  for (let partNumber = 1; partNumber <= plan.count; partNumber += 1) {
    if (partChecksums.has(partNumber)) continue;
    const { start, end } = partRange(plan, partNumber);
    const checksum = await checksumOf(source.slice(start, end));
    if (!checksum.ok) return checksum;
    partChecksums.set(partNumber, checksum.value);
  }
  return { ok: true, value: undefined };
}

/** What the store must hold of the whole file, as S3 writes it. The checksum of every part must be known. */
export async function proofOf(
  session: Session,
  plan: PartPlan,
  partChecksums: PartChecksums,
  join: Checksums<unknown>['join'],
): Promise<Outcome<Proof>> {
  const algorithm = algorithmOf(session) ?? 'CRC64NVME';
  const parts = Array.from({ length: plan.count }, (_, index) => ({
    checksum: partChecksums.get(index + 1) ?? 0n,
    length: partLength(plan, index + 1),
  }));
  const [first, ...others] = parts;
  const isWhole = algorithm === 'CRC64NVME' && first && others.length === 0;
  const joined = isWhole ? ({ ok: true, value: first.checksum } as const) : await join(parts, algorithm);
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

function encodeMd5(md5: bigint): string {
  return md5.toString(16).padStart(32, '0');
}
