import type { StoredPart } from '@portage/protocol';
import { XMLParser } from 'fast-xml-parser';
import * as v from 'valibot';
import type { ListedObject, MultipartUpload, PendingUpload } from '../storage.ts';

// `htmlEntities` for stores that write the quotes of an ETag as `&#34;`. Spaces at the ends are part of a key.
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => name === 'Part' || name === 'Upload' || name === 'Contents',
});

function parse(xml: string): unknown {
  try {
    return parser.parse(xml);
  } catch {
    return undefined;
  }
}

const text = v.pipe(v.unknown(), v.transform(String));
const int = v.pipe(text, v.regex(/^\d+$/), v.transform(Number), v.safeInteger());

const ErrorDocument = v.object({ Error: v.object({ Code: text, Message: v.optional(text, '') }) });

/** Code and message of S3's `<Error>`, or undefined where the text is something else. */
export function parseError(xml: string): { code: string; message: string } | undefined {
  // Every response is asked, and hardly one has it.
  if (!xml.includes('<Error')) return undefined;
  const parsed = v.safeParse(ErrorDocument, parse(xml));
  return parsed.success ? { code: parsed.output.Error.Code, message: parsed.output.Error.Message } : undefined;
}

/**
 * How stores answer what is asked for each file: one element that holds elements of text alone. Making a parser takes longer than
 * anything else that is done with such a response.
 */
const flat = (root: string, name: string) => {
  const others = String.raw`(?:\s*<(?!${name}>)(\w+)>[^<]*</\N>)*`;
  const [before, after] = [others.replace('N', '1'), others.replace('N', '3')];
  const head = String.raw`^(?:<\?xml[^<>]*>)?\s*<${root}(?:\s[^<>]*)?>`;
  const pattern = new RegExp(String.raw`${head}${before}\s*<${name}>([^<]+)</${name}>${after}\s*</${root}>\s*$`);
  return (xml: string): string | undefined => {
    const text = pattern.exec(xml)?.[2]?.replace(/&(?:quot|#34);/g, '"');
    return text?.includes('&') ? undefined : text;
  };
};
const flatUploadId = flat('InitiateMultipartUploadResult', 'UploadId');
const flatCopied = flat('CopyPartResult', 'ETag');

const InitiateDocument = v.object({
  InitiateMultipartUploadResult: v.object({ UploadId: v.pipe(v.string(), v.minLength(1)) }),
});

/** The upload id, or undefined where the text is something else. */
export function parseUploadId(xml: string): string | undefined {
  const flat = flatUploadId(xml);
  if (flat !== undefined) return flat;
  const parsed = v.safeParse(InitiateDocument, parse(xml));
  return parsed.success ? parsed.output.InitiateMultipartUploadResult.UploadId : undefined;
}

const CopyPartDocument = v.object({ CopyPartResult: v.object({ ETag: v.pipe(v.string(), v.minLength(1)) }) });

/** The ETag of a part that was copied, or undefined where the text is something else. */
export function parseCopied(xml: string): string | undefined {
  const flat = flatCopied(xml);
  if (flat !== undefined) return flat;
  const parsed = v.safeParse(CopyPartDocument, parse(xml));
  return parsed.success ? parsed.output.CopyPartResult.ETag : undefined;
}

const PartElement = v.pipe(
  v.object({ PartNumber: int, ETag: v.string(), Size: int, ChecksumCRC64NVME: v.optional(v.string()) }),
  v.transform(
    ({ PartNumber, ETag, Size, ChecksumCRC64NVME: checksum }): StoredPart => ({
      partNumber: PartNumber,
      etag: ETag,
      size: Size,
      ...(checksum && { checksum }),
    }),
  ),
);
const ListPartsDocument = v.object({
  ListPartsResult: v.object({
    IsTruncated: v.optional(text, 'false'),
    NextPartNumberMarker: v.optional(text),
    Part: v.optional(v.array(PartElement), []),
  }),
});

/** One page of ListParts; `next` is the marker of the page after it. */
export interface PartsPage {
  parts: StoredPart[];
  next: number | undefined;
}

/** Undefined where the text is something else, or promises more but does not say from where. */
export function parseParts(xml: string): PartsPage | undefined {
  const parsed = v.safeParse(ListPartsDocument, parse(xml));
  if (!parsed.success) return undefined;
  const { IsTruncated, NextPartNumberMarker, Part } = parsed.output.ListPartsResult;
  if (IsTruncated.toLowerCase() !== 'true') return { parts: Part, next: undefined };
  // Some stores leave the marker out; it is the number of the page's last part.
  const next = Number(NextPartNumberMarker ?? Part.at(-1)?.partNumber);
  return Number.isSafeInteger(next) ? { parts: Part, next } : undefined;
}

const time = v.pipe(v.string(), v.transform(Date.parse), v.number());
const UploadsDocument = v.object({
  ListMultipartUploadsResult: v.object({
    IsTruncated: v.optional(text, 'false'),
    EncodingType: v.optional(text),
    NextKeyMarker: v.optional(text),
    NextUploadIdMarker: v.optional(text, ''),
    Upload: v.optional(v.array(v.object({ Key: text, UploadId: text, Initiated: time })), []),
  }),
});

/** One page of ListMultipartUploads; `next` is where the page after it begins. */
export interface UploadsPage {
  uploads: PendingUpload[];
  /** Whether the store says that it encodes keys; here they are decoded. */
  isEncoded: boolean;
  next: MultipartUpload | undefined;
}

/** Undefined where the text is something else, or promises more but does not say from where. */
export function parseUploads(xml: string): UploadsPage | undefined {
  const parsed = v.safeParse(UploadsDocument, parse(xml));
  if (!parsed.success) return undefined;
  const { IsTruncated, EncodingType, NextKeyMarker, NextUploadIdMarker, Upload } =
    parsed.output.ListMultipartUploadsResult;
  const isEncoded = EncodingType === 'url';
  const keyOf = (key: string) => (isEncoded ? decodeKey(key) : key);
  const uploads = Upload.map(({ Key, UploadId, Initiated }) => ({
    key: keyOf(Key),
    uploadId: UploadId,
    startedAt: Initiated,
  }));
  if (IsTruncated.toLowerCase() !== 'true') return { uploads, isEncoded, next: undefined };
  if (NextKeyMarker === undefined) return undefined;
  return { uploads, isEncoded, next: { key: keyOf(NextKeyMarker), uploadId: NextUploadIdMarker } };
}

const ObjectsDocument = v.object({
  ListBucketResult: v.object({
    IsTruncated: v.optional(text, 'false'),
    EncodingType: v.optional(text),
    NextContinuationToken: v.optional(text),
    Contents: v.optional(v.array(v.object({ Key: text, Size: int, ETag: text, LastModified: time })), []),
  }),
});

/** One page of ListObjectsV2; `next` is the token of the page after it. */
export interface ObjectsPage {
  objects: ListedObject[];
  /** Whether the store says that it encodes keys; here they are decoded. */
  isEncoded: boolean;
  next: string | undefined;
}

/** Undefined where the text is something else, or promises more but does not say from where. */
export function parseObjects(xml: string): ObjectsPage | undefined {
  const parsed = v.safeParse(ObjectsDocument, parse(xml));
  if (!parsed.success) return undefined;
  const { IsTruncated, EncodingType, NextContinuationToken, Contents } = parsed.output.ListBucketResult;
  const isEncoded = EncodingType === 'url';
  const objects = Contents.map(({ Key, Size, ETag, LastModified }) => ({
    key: isEncoded ? decodeKey(Key) : Key,
    size: Size,
    etag: ETag,
    storedAt: LastModified,
  }));
  if (IsTruncated.toLowerCase() !== 'true') return { objects, isEncoded, next: undefined };
  return NextContinuationToken === undefined ? undefined : { objects, isEncoded, next: NextContinuationToken };
}

/** A `%` that is none stays what it is. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** The body of CompleteMultipartUpload. */
export function completeBody(parts: readonly { partNumber: number; etag: string }[]): string {
  const elements = parts.map(
    ({ partNumber, etag }) => `<Part><PartNumber>${partNumber}</PartNumber><ETag>${escapeXml(etag)}</ETag></Part>`,
  );
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements.join('')}</CompleteMultipartUpload>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (value: string) => value.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);
