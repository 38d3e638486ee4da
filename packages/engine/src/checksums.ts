/** The sums of one upload's parts, as far as they are known, and what follows from them. */
import type { StoredPart } from '@portage/protocol';
import { encodeCrc64nvme, joinCrc64nvme } from './crc64nvme.ts';
import { type PartPlan, partLength, partRange } from './part-plan.ts';
import type { Digests, Proof, Session, Source } from './ports.ts';

/** By part number; a CRC-64/NVME or an MD5. */
export type PartSums = Map<number, bigint>;

export type SumAlgorithm = 'CRC64NVME' | 'MD5';

/** How an upload's parts are summed up; undefined where nobody looks at it. */
export function algorithmOf({ checksum }: Session): SumAlgorithm | undefined {
  return checksum === 'ETag' ? 'MD5' : checksum;
}

/**
 * The parts that arrived otherwise than they were sent. Where it is not known whether the store's ETags are MD5s, some
 * that fit show that they are; where none fits, nothing is shown.
 */
export function damagedParts(parts: readonly StoredPart[], sums: PartSums, { checksum }: Session): Set<number> {
  const compared = parts.map((part) => [part.partNumber, compare(part, sums, checksum)] as const);
  if (checksum === 'ETag' && compared.every(([, fits]) => !fits)) return new Set();
  return new Set(compared.flatMap(([partNumber, fits]) => (fits === false ? [partNumber] : [])));
}

/** Undefined where one of the two is not known. */
function compare(part: StoredPart, sums: PartSums, checksum: Session['checksum']): boolean | undefined {
  const sum = sums.get(part.partNumber);
  if (sum === undefined || checksum === undefined) return undefined;
  if (checksum === 'CRC64NVME') return part.checksum === undefined ? undefined : part.checksum === encodeCrc64nvme(sum);
  return part.etag === '' ? undefined : part.etag.replaceAll('"', '').toLowerCase() === encodeMd5(sum);
}

/** Whether every part's ETag is the MD5 of its bytes. */
export function provedByEtags(parts: readonly StoredPart[], sums: PartSums, { checksum }: Session): boolean {
  return checksum !== 'CRC64NVME' && parts.length > 0 && parts.every((part) => compare(part, sums, checksum) === true);
}

/**
 * Sums up what is not summed up yet: parts that an earlier page has sent. What the store says of them is what is to be
 * checked. Rejects where the file cannot be read.
 */
export async function sumAll<Body>(
  plan: PartPlan,
  sums: PartSums,
  source: Source<Body>,
  sum: (body: Body) => Promise<bigint>,
): Promise<void> {
  for (let partNumber = 1; partNumber <= plan.count; partNumber += 1) {
    if (sums.has(partNumber)) continue;
    const { start, end } = partRange(plan, partNumber);
    sums.set(partNumber, await sum(source.slice(start, end)));
  }
}

/** What the store must hold of the whole file, as S3 writes it. Every part must be summed up. */
export async function proofOf(
  session: Session,
  plan: PartPlan,
  sums: PartSums,
  md5: Digests<unknown>['md5'],
): Promise<Proof> {
  const all = Array.from({ length: plan.count }, (_, index) => sums.get(index + 1) ?? 0n);
  if (algorithmOf(session) === 'CRC64NVME') {
    const parts = all.map((crc, index) => ({ crc, length: partLength(plan, index + 1) }));
    return { checksum: encodeCrc64nvme(joinCrc64nvme(parts)) };
  }
  if (session.kind === 'single') return { etag: encodeMd5(all[0] ?? 0n) };
  // An MD5 of the parts' MD5s, and their number: what nearly every store gives a multipart object for an ETag.
  return { etag: `${encodeMd5(await md5(joinMd5(all)))}-${plan.count}` };
}

const MD5_BYTES = 16;

function joinMd5(sums: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(sums.length * MD5_BYTES);
  sums.forEach((sum, index) => {
    for (let i = 0; i < MD5_BYTES; i += 1) {
      bytes[index * MD5_BYTES + i] = Number((sum >> BigInt(8 * (MD5_BYTES - 1 - i))) & 255n);
    }
  });
  return bytes;
}

function encodeMd5(sum: bigint): string {
  return sum.toString(16).padStart(2 * MD5_BYTES, '0');
}
