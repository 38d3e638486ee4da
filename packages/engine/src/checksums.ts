/** The checksums of one upload's parts, as far as they are known, and what follows from them. */
import type { StoredPart } from '@portage/protocol';
import { encodeCrc64nvme, joinCrc64nvme, type SummedPart } from './crc64nvme.ts';
import { type PartPlan, partLength, partRange } from './part-plan.ts';
import type { Source } from './ports.ts';

/** By part number. */
export type PartSums = Map<number, bigint>;

/** The part's bytes changed between being summed and being stored, or on their way. */
export function isDamaged(part: StoredPart, sums: PartSums): boolean {
  const sum = sums.get(part.partNumber);
  return sum !== undefined && part.checksum !== undefined && part.checksum !== encodeCrc64nvme(sum);
}

/**
 * The checksum of the whole file as S3 writes it. Parts that an earlier page has sent are read and summed now: what the
 * store says of them is what is to be checked.
 */
export async function wholeChecksum<Body>(
  plan: PartPlan,
  sums: PartSums,
  source: Source<Body>,
  digest: (body: Body) => Promise<bigint>,
): Promise<string> {
  const parts: SummedPart[] = [];
  for (let partNumber = 1; partNumber <= plan.count; partNumber += 1) {
    const { start, end } = partRange(plan, partNumber);
    const crc = sums.get(partNumber) ?? (await digest(source.slice(start, end)));
    sums.set(partNumber, crc);
    parts.push({ crc, length: partLength(plan, partNumber) });
  }
  return encodeCrc64nvme(joinCrc64nvme(parts));
}
