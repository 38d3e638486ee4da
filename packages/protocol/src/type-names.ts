/** What people call kinds of files. */
export interface TypeWords {
  readonly image: string;
  readonly video: string;
  readonly audio: string;
  readonly text: string;
  readonly font: string;
  readonly word: string;
  readonly excel: string;
  readonly powerpoint: string;
}

export const englishTypes: TypeWords = {
  image: 'pictures',
  video: 'videos',
  audio: 'audio',
  text: 'text files',
  font: 'fonts',
  word: 'Word documents',
  excel: 'Excel spreadsheets',
  powerpoint: 'PowerPoint presentations',
};

/** An office's types are those of templates, of macros and of older versions, too. */
const KINDS = [
  [/^text\/plain/, 'text'],
  [/ms-?word|wordprocessingml/, 'word'],
  [/ms-excel|spreadsheetml/, 'excel'],
  [/ms-powerpoint|presentationml/, 'powerpoint'],
] as const;

/** Of formats that people know by another name than their type has. */
const KNOWN: Readonly<Record<string, string>> = {
  'audio/mpeg': 'MP3',
  'audio/mp4': 'M4A',
  'video/quicktime': 'MOV',
  'video/x-matroska': 'MKV',
  'video/x-msvideo': 'AVI',
};

/**
 * The types of an `accept` as people know them, each once: `image/*` is `pictures`, `application/pdf` is `PDF`, `text/plain` is
 * `text files`, and `.key` stays. Empty where every type is taken.
 */
export function typeNames(accept: readonly string[], words?: Partial<TypeWords>): readonly string[] {
  const all = { ...englishTypes, ...words };
  return accept.includes('*/*') ? [] : [...new Set(accept.map((pattern) => nameOf(pattern, all)))];
}

function nameOf(pattern: string, words: TypeWords): string {
  const type = pattern.toLowerCase();
  const [, any = '', name] =
    /^(?:(\w+)\/\*|.+\/(?:.+\.)?(?:x-)?(?:ms-)?(\w[\w-]*?)(?:-compressed)?(?:\+[\w-]+)?)$/.exec(type) ?? [];
  const kind = name ? KINDS.find(([types]) => types.test(type))?.[1] : any;
  if (kind && Object.hasOwn(words, kind)) return words[kind as keyof TypeWords];
  if (!name) return pattern;
  const document = /opendocument\.(.)/.exec(type)?.[1];
  const short = document ? `od${document}` : name;
  // Those that are not words of their own: ZIP of `application/x-zip-compressed`, WOFF2 of `font/woff2`.
  if (/^(\w{1,4}|\w*\d\w*)$/.test(short)) return KNOWN[type] ?? short.toUpperCase();
  // Those that are: Photoshop of `image/vnd.adobe.photoshop`.
  return KNOWN[type] ?? short.charAt(0).toUpperCase() + short.slice(1).replaceAll('-', ' ');
}
