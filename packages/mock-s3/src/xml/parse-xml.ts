import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as v from 'valibot';
import { S3Error } from '../errors/s3-error.ts';

/** Elements that may be there more than once, wherever S3 has them. */
const LISTS: ReadonlySet<string> = new Set([
  'AllowedHeader',
  'AllowedMethod',
  'AllowedOrigin',
  'CORSRule',
  'ExposeHeader',
  'Object',
  'Part',
  'Rule',
]);

// Entities are decoded below, not by the parser, so that a document can neither define nor nest any.
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  isArray: (name) => LISTS.has(name),
});

/** Parses a document that a client sent; throws MalformedXML, also for a document with a DOCTYPE. */
export function parseXml(body: string): unknown {
  if (body.includes('<!') || XMLValidator.validate(body) !== true) throw new S3Error('MalformedXML');
  try {
    return parser.parse(body);
  } catch {
    // Among others: nested deeper than the parser's stack.
    throw new S3Error('MalformedXML');
  }
}

/** Parses a document of a known shape; throws MalformedXML if it has another. */
export function parseShape<Schema extends v.GenericSchema>(body: string, schema: Schema): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, parseXml(body));
  if (!parsed.success) throw new S3Error('MalformedXML');
  return parsed.output;
}

/** The text of an element, its entities decoded. */
export const xmlText = v.pipe(v.string(), v.transform(decodeEntities));

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes the five entities of XML and numeric references; leaves what it does not know. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return PREDEFINED[name] ?? whole;
    const codePoint = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
  });
}
