/** What is a text, and what a browser would take for a page. */

/** The content as text, without its byte-order mark; undefined where it is none. */
export function asText(head: Uint8Array): string | undefined {
  const [first, second, third] = head;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return decodeUtf16(head, first === 0xff);
  const body = first === 0xef && second === 0xbb && third === 0xbf ? head.subarray(3) : head;
  if (body.includes(0)) return undefined;
  try {
    // A sample ends in the middle of a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true });
  } catch {
    // Latin-1 and its like.
    if (body.some(isBinary)) return undefined;
    return new TextDecoder('latin1').decode(body);
  }
}

/** Control characters but white space, the end of a file of DOS, escapes and separators. */
const isBinary = (code: number) => code < 9 || (code > 13 && code < 26);

function decodeUtf16(head: Uint8Array, isLittle: boolean): string | undefined {
  let text: string;
  try {
    const even = head.subarray(2, head.length - (head.length % 2));
    text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { fatal: true }).decode(even, { stream: true });
  } catch {
    return undefined;
  }
  // What is no character, and what nobody has written yet: bytes that only begin like a text.
  return /\p{Cn}/u.test(text) || [...text].some((char) => isBinary(char.charCodeAt(0))) ? undefined : text;
}

/** Before a page begins. @see https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type */
const PROLOG = /^\uFEFF?(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->|<!doctype svg[^>[]*(?:\[[^\]]*\]\s*)?>)*/i;
const PAGE = /^<(?:!doctype html|html|head|body|script|iframe|style|title)(?=[\s>/])/i;
const MARKUP = /^<(?:h1|div|font|table|a|br|p|b)(?=[\s>/])/i;

/** What a browser would show as a page: `markup` is what Markdown may begin with too, `unfinished` begins with what more has to be read of. */
export function pageIn(text: string): 'svg' | 'html' | 'markup' | 'unfinished' | undefined {
  const body = text.replace(PROLOG, '');
  if (/^<(?:svg|[\w-]+:svg)[\s>/]/i.test(body)) return 'svg';
  if (PAGE.test(body)) return 'html';
  // XML has elements of any name.
  if (MARKUP.test(body) && !/^\s*<\?xml/i.test(text)) return 'markup';
  return /^<(?:!--|!doctype|\?xml)/i.test(body) ? 'unfinished' : undefined;
}
