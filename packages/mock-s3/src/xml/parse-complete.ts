import * as v from 'valibot';
import { ALGORITHMS, type ChecksumAlgorithm, checksumElement } from '../checksum/algorithm.ts';
import { S3Error } from '../errors/s3-error.ts';
import { decodeEntities, parseXml } from './parse-xml.ts';

/** A part as a client names it on CompleteMultipartUpload. */
export interface NamedPart {
  readonly partNumber: number;
  /** Without quotes. */
  readonly etag: string;
  /** The checksums that were named with it, base64. */
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

const text = v.exactOptional(v.string());

const CompleteBody = v.object({
  CompleteMultipartUpload: v.object({
    Part: v.pipe(
      v.array(
        v.object({
          PartNumber: v.pipe(v.string(), v.regex(/^\d{1,9}$/)),
          ETag: v.string(),
          ChecksumCRC32: text,
          ChecksumCRC32C: text,
          ChecksumCRC64NVME: text,
          ChecksumSHA1: text,
          ChecksumSHA256: text,
        }),
      ),
      v.minLength(1),
    ),
  }),
});

/**
 * Reads the body of CompleteMultipartUpload.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html#API_CompleteMultipartUpload_RequestSyntax
 */
export function parseComplete(body: string): readonly NamedPart[] {
  const parsed = v.safeParse(CompleteBody, parseXml(body));
  if (!parsed.success) throw new S3Error('MalformedXML');
  return parsed.output.CompleteMultipartUpload.Part.map((part) => ({
    partNumber: Number(part.PartNumber),
    etag: decodeEntities(part.ETag).trim().replace(/^"|"$/g, ''),
    checksums: new Map(
      ALGORITHMS.flatMap((algorithm) => {
        const value = part[checksumElement(algorithm)];
        return value === undefined ? [] : [[algorithm, value.trim()]];
      }),
    ),
  }));
}
