import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as v from 'valibot';
import { S3Error } from '../s3-error.ts';

/** A part as a client names it on CompleteMultipartUpload. */
export interface NamedPart {
  readonly partNumber: number;
  /** Without quotes. */
  readonly etag: string;
}

// Entities are decoded below, not by the parser, so that a document can neither define nor nest any.
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  isArray: (name) => name === 'Part',
});

const CompleteBody = v.object({
  CompleteMultipartUpload: v.object({
    Part: v.pipe(
      v.array(v.object({ PartNumber: v.pipe(v.string(), v.regex(/^\d{1,9}$/)), ETag: v.string() })),
      v.minLength(1),
    ),
  }),
});

/**
 * Reads the body of CompleteMultipartUpload.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html#API_CompleteMultipartUpload_RequestSyntax
 */
export function parseComplete(body: string): readonly NamedPart[] {
  const parsed = v.safeParse(CompleteBody, parse(body));
  if (!parsed.success) throw new S3Error('MalformedXML');
  return parsed.output.CompleteMultipartUpload.Part.map((part) => ({
    partNumber: Number(part.PartNumber),
    etag: decodeEntities(part.ETag).trim().replace(/^"|"$/g, ''),
  }));
}

function parse(body: string): unknown {
  if (body.includes('<!') || XMLValidator.validate(body) !== true) throw new S3Error('MalformedXML');
  try {
    return parser.parse(body);
  } catch {
    // Among others: nested deeper than the parser's stack.
    throw new S3Error('MalformedXML');
  }
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return PREDEFINED[name] ?? whole;
    const codePoint = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
  });
}
