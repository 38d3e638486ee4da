import type { IncomingHttpHeaders } from 'node:http';
import {
  type ChecksumAlgorithm,
  type ChecksumType,
  checksumElement,
  checksumHeader,
  toAlgorithm,
} from '../checksum/algorithm.ts';
import type { Checksum, ChecksumPlan } from '../checksum/object-checksum.ts';
import { invalidRequest, S3Error } from '../errors/s3-error.ts';
import type { Mimic } from '../mimic/mimic.ts';
import { type XmlElement, xml } from '../xml/write-xml.ts';

/** The headers that tell a checksum. */
export function checksumHeaders(
  checksum: (Checksum & { readonly type?: ChecksumType }) | undefined,
): Record<string, string> {
  if (checksum === undefined) return {};
  return {
    [checksumHeader(checksum.algorithm)]: checksum.value,
    ...(checksum.type && { 'x-amz-checksum-type': checksum.type }),
  };
}

/** The elements that tell a checksum. */
export function checksumElements(
  checksum: (Checksum & { readonly type?: ChecksumType }) | undefined,
): readonly XmlElement[] {
  if (checksum === undefined) return [];
  return [
    xml(checksumElement(checksum.algorithm), checksum.value),
    ...(checksum.type ? [xml('ChecksumType', checksum.type)] : []),
  ];
}

/** Reads which checksum the parts of a new upload shall have. */
export function checksumPlan(headers: IncomingHttpHeaders, mimic: Mimic): ChecksumPlan | undefined {
  const name = headers['x-amz-checksum-algorithm'];
  const type = headers['x-amz-checksum-type'];
  if (name === undefined) {
    if (type === undefined) return undefined;
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
  }
  const algorithm = toAlgorithm(String(name));
  if (algorithm === undefined) {
    throw invalidRequest(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    );
  }
  if (!isSupported(algorithm, mimic)) return undefined;
  return { algorithm, type: checkedType(algorithm, type?.toString(), mimic) };
}

/** Whether a checksum is to be heeded; throws NotImplemented where the store refuses it. */
function isSupported(algorithm: ChecksumAlgorithm, mimic: Mimic): boolean {
  if (mimic.checksums.includes(algorithm)) return true;
  if (mimic.otherChecksums === 'ignored') return false;
  throw new S3Error('NotImplemented', { details: { Header: checksumHeader(algorithm) } });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html#ChecksumTypes */
function checkedType(algorithm: ChecksumAlgorithm, type: string | undefined, { fullObject }: Mimic): ChecksumType {
  switch (type?.toUpperCase() ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')) {
    case 'FULL_OBJECT':
      if (fullObject.includes(algorithm)) return 'FULL_OBJECT';
      break;
    case 'COMPOSITE':
      if (algorithm !== 'CRC64NVME') return 'COMPOSITE';
      break;
    default:
      throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
  }
  throw invalidRequest(
    `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
  );
}
