import type { IncomingHttpHeaders } from 'node:http';
import { checksumHeader, toAlgorithm } from '../../checksum/algorithm.ts';
import { checksumMismatch } from '../../checksum/body-checksum.ts';
import { objectChecksum } from '../../checksum/object-checksum.ts';
import { invalidRequest, S3Error } from '../../errors/s3-error.ts';
import type { Mimic } from '../../mimic/mimic.ts';
import type { MultipartUpload } from '../../store/multipart-upload.ts';
import type { ObjectRecord, PartRecord } from '../../store/records.ts';
import type { NamedPart } from '../../xml/parse-complete.ts';

/**
 * The checksum of an object made of parts, compared with all that the client says of it; `undefined` for an upload that
 * was created without one.
 */
export async function completedChecksum(
  headers: IncomingHttpHeaders,
  upload: MultipartUpload,
  parts: readonly PartRecord[],
  named: readonly NamedPart[],
  mimic: Mimic,
): Promise<ObjectRecord['checksum']> {
  parts.forEach((part, index) => checkNamed(part, named[index]));
  const { everyObject } = mimic;
  const always = everyObject && ({ algorithm: everyObject, type: 'FULL_OBJECT' } as const);
  const plan = upload.record.checksum ?? always;
  if (plan === undefined) return undefined;
  // Its parts were sent with other checksums, which make none of the whole.
  if (!upload.record.checksum && parts.some(({ checksum }) => checksum?.algorithm !== plan.algorithm)) return undefined;
  const type = headers['x-amz-checksum-type'];
  if (type !== undefined && String(type).toUpperCase() !== plan.type) {
    throw invalidRequest(
      `The upload was created using the ${plan.type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const runs = parts.map(({ partNumber, checksum, blob }, index) => {
    if (plan.type === 'COMPOSITE' && mimic.namedChecksums && !named[index]?.checksums.has(plan.algorithm)) {
      throw invalidRequest(
        `The upload was created using a ${plan.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${partNumber} in the request.`,
      );
    }
    if (checksum === undefined) throw new S3Error('InvalidPart');
    return { checksum: checksum.value, size: blob.size };
  });
  const computed = await objectChecksum(plan, runs);
  if (mimic.comparesWhole || plan.type === 'COMPOSITE') checkClaimed(headers, computed.value, plan.algorithm);
  const hasSuffix = mimic.onePartSuffix && plan.type === 'FULL_OBJECT' && parts.length === 1;
  return { ...computed, value: hasSuffix ? `${computed.value}-1` : computed.value, type: plan.type };
}

/** What a client says of a part's checksum must be so, as its ETag must. */
function checkNamed({ partNumber, etag, checksum }: PartRecord, named: NamedPart | undefined): void {
  for (const [algorithm, value] of named?.checksums ?? []) {
    if (checksum?.algorithm !== algorithm) continue;
    if (checksum.value !== value) throw new S3Error('InvalidPart', { details: { PartNumber: partNumber, ETag: etag } });
  }
}

function checkClaimed(headers: IncomingHttpHeaders, computed: string, name: string): void {
  const algorithm = toAlgorithm(name);
  if (algorithm === undefined) return;
  const claimed = headers[checksumHeader(algorithm)];
  // Of a composite checksum, some clients leave out how many parts there are.
  if (claimed === undefined || claimed === computed || claimed === computed.replace(/-\d+$/, '')) return;
  throw checksumMismatch(algorithm);
}
