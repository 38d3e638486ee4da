import { fileTypeFromBuffer, supportedExtensions, supportedMimeTypes } from 'file-type';
import { type Accepts, bareType, typeOfName } from './file-type.ts';

/** How much of a file tells its type, in bytes. @see https://github.com/sindresorhus/file-type#filetypefrombufferbuffer-options */
export const SAMPLE_BYTES = 4100;

/** Whether the content is what the route takes, and what it was found to be. */
export interface Verdict {
  fits: boolean;
  found: string;
}

/**
 * Compares the first bytes of a file with what its name and its type say. Formats with magic bytes must have them;
 * formats without any (plain text, CSV, JSON) must at least not be something else.
 */
export async function judgeContent(
  head: Uint8Array,
  file: { name: string; type: string },
  accepts: Accepts,
): Promise<Verdict> {
  const extension = /\.[^./\\]+$/.exec(file.name.toLowerCase())?.[0];
  const claimed = [bareType(file.type), typeOfName(file.name), extension].filter((type) => type !== undefined);
  const named = accepts.name(file.name);
  const detected = sniffMarkup(head) ?? (await detect(head));
  if (detected !== undefined) {
    const { mime, ext } = detected;
    const fits =
      accepts.type(mime) ||
      accepts.name(`file.${ext}`) ||
      claimed.some((type) => (named || accepts.type(type)) && holds(type, mime)) ||
      // Of a format that nobody knows, only what browsers and desktops would run can be told from it.
      (named && !KNOWN_EXTENSIONS.has(extension ?? '') && typeOfName(file.name) === undefined && !RUNS.test(mime));
    return { fits, found: mime };
  }
  const isText = looksLikeText(head);
  // A picture without the magic bytes of one is none; so is a text with zeros in it.
  const fits = !claimed.some((type) => MAGIC.has(type) || (!isText && isTextual(type)));
  return { fits, found: isText ? 'text/plain' : 'application/octet-stream' };
}

const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([...supportedExtensions].map((extension) => `.${extension}`));
const RUNS =
  /^(?:text\/html|image\/svg\+xml|application\/(?:x-msdownload|x-elf|x-mach-binary|x-shockwave-flash|x-ms-shortcut))$/;

interface Detected {
  mime: string;
  ext: string;
}

const isTextual = (type: string) => type.startsWith('text/') || /^application\/(?:json|(?:.*\+)?xml)$/.test(type);

const MAGIC: ReadonlySet<string> = new Set(
  [...supportedMimeTypes].filter((type) => type !== 'application/octet-stream' && !isTextual(type)),
);

// A sample ends in the middle; where the library runs past it, nothing was found.
const detect = (head: Uint8Array): Promise<Detected | undefined> => fileTypeFromBuffer(head).catch(() => undefined);

/** What browsers would run as a page, whatever its name. @see https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type */
function sniffMarkup(head: Uint8Array): Detected | undefined {
  const text = new TextDecoder()
    .decode(head)
    .replace(/^\uFEFF?(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->|<!doctype svg[^>]*>)*/i, '');
  if (/^<svg[\s>/]/i.test(text)) return { mime: 'image/svg+xml', ext: 'svg' };
  const isHtml = /^<(?:!doctype html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p)(?=[\s>/])/i;
  return isHtml.test(text) ? { mime: 'text/html', ext: 'html' } : undefined;
}

function looksLikeText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    // Latin-1 and its like: no control characters but white space.
    return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
  }
}

/** Formats that are made of others, or have several names: the type that a file claims, and what is found in it. */
const CONTAINERS: readonly (readonly [claimed: RegExp, found: RegExp])[] = [
  [
    /^(?:application\/(?:vnd\.openxmlformats-|vnd\.oasis\.|epub\+zip|java-archive|x-zip)|\.(?:docx|xlsx|pptx|od[tsp]|epub)$)/,
    /^application\/zip$/,
  ],
  [/^(?:application\/(?:msword|vnd\.ms-|x-msi)|\.(?:doc|xls|ppt)$)/, /^application\/x-cfb$/],
  [/^(?:audio|video)\/(?:mp4|x-m4[av]|quicktime|3gpp2?)$/, /^(?:audio|video)\/(?:mp4|x-m4[av]|quicktime|3gpp2?)$/],
  [/^(?:audio|video|application)\/ogg$/, /^(?:audio|video|application)\/ogg/],
  [/^(?:audio|video)\/(?:webm|x-matroska|matroska)$/, /^(?:audio|video)\/(?:webm|x-matroska|matroska)$/],
  [/^audio\/(?:x-|vnd\.)?wave?$/, /^audio\/(?:x-|vnd\.)?wave?$/],
  [/^audio\/(?:x-)?(?:aac|flac|aiff|mp3|mpeg)$/, /^audio\/(?:x-)?(?:aac|flac|aiff|mp3|mpeg)$/],
  [/^image\/(?:x-icon|vnd\.microsoft\.icon)$/, /^image\/(?:x-icon|vnd\.microsoft\.icon)$/],
  [/^image\/hei[cf](?:-sequence)?$/, /^image\/hei[cf](?:-sequence)?$/],
  [/^(?:application|text)\/(?:x-)?(?:rtf|gzip|xml)$/, /^(?:application|text)\/(?:x-)?(?:rtf|gzip|xml)$/],
  [/\+xml$/, /^(?:application|text)\/xml$/],
];

/** Whether content of the type `found` is what a file of the type `claimed` looks like. */
const holds = (claimed: string, found: string) =>
  CONTAINERS.some(([outer, inner]) => outer.test(claimed) && inner.test(found));
