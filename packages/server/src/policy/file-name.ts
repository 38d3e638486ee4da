/** Most bytes of a name once percent-encoded: S3 keeps 2 KB of user metadata, and the app wants some of it. */
const MAX_ENCODED_NAME = 1024;

/** Most characters of a name within a key. */
const MAX_KEY_NAME = 100;

/** What is looked at of a name, in UTF-16 units, from its start and its end: no file system has longer ones. */
const LOOKED_AT = { start: 960, end: 64 };

// In these, joiners make one picture or one word of what stands around them.
const JOINED =
  '[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}]';
/**
 * What nobody can see, after what is needed of it: control and format characters (direction marks make `exe.gpj` read as a
 * picture), fillers and selectors, blank Braille.
 */
const INVISIBLE = new RegExp(
  `(?<=${JOINED})[\\u200C\\u200D](?=${JOINED})|(?<=\\p{Extended_Pictographic})\\uFE0F|([\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}\\u2028\\u2029\\u2800])`,
  'gu',
);
const SLASHES = /[/\\]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * The name as it may be shown and kept: one path segment, nothing invisible in it, no dot or blank at its end, which
 * Windows would drop; cut where it is very long.
 */
export function displayName(name: string): string {
  const clean = shorten(name)
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(INVISIBLE, (match, invisible) => (invisible === undefined ? match : ''))
    .normalize('NFC')
    .replace(SLASHES, '_')
    .replace(/\p{Zs}/gu, ' ')
    .trim();
  // Where it is cut, there may be another dot or blank.
  const kept = without(cut(without(clean, 'end', '. '), MAX_ENCODED_NAME, encodedLength), 'end', '. ');
  return kept === '' ? 'file' : kept;
}

/** The start and the end of a very long name, before anything is made of it: work on a name has a bound. */
function shorten(name: string): string {
  const { start, end } = LOOKED_AT;
  return name.length <= start + end ? name : name.slice(0, start) + name.slice(-end);
}

/** A text without some characters at one end. A regular expression may look at a long run of them again and again. */
function without(text: string, side: 'start' | 'end', characters: string): string {
  let [from, to] = [0, text.length];
  if (side === 'end') while (to > from && characters.includes(text[to - 1] ?? '')) to--;
  else while (from < to && characters.includes(text[from] ?? '')) from++;
  return text.slice(from, to);
}

/**
 * The name as it may stand in a key: only letters, digits, `-` and `_` of ASCII and one extension, which no store, URL
 * or shell reads in a way of its own. Of two extensions only the last one stays: some servers would run
 * `photo.php.jpg`. The name that people see is kept as metadata.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html#list-allowed-extensions
 */
export function keyName(name: string): string {
  const ascii = displayName(name)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\w.-]+/g, '-');
  const { stem, extension } = splitExtension(ascii);
  const bare = without(without(stem.replace(/\.+/g, '-'), 'start', '-'), 'end', '-');
  return cut((bare === '' ? 'file' : bare) + extension, MAX_KEY_NAME, (char) => char.length);
}

/** A name as the value of a header: percent-encoded UTF-8, as `decodeURIComponent` reads it. */
export const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Length of one character in {@link encodeName}: three for each byte of its UTF-8, but one where it is plain. */
function encodedLength(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return /[\w.!~-]/.test(char) ? 1 : 3;
  return code < 0x800 ? 6 : code < 0x10000 ? 9 : 12;
}

function splitExtension(name: string) {
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** Takes whole characters from the end of the stem until the name costs no more than `limit`; the extension stays. */
function cut(name: string, limit: number, costOf: (char: string) => number): string {
  const { stem, extension } = splitExtension(name);
  let left = limit - extension.length;
  let kept = 0;
  for (const char of stem) {
    left -= costOf(char);
    // What joined it to the next character joins nothing any more.
    if (left < 0) return without(stem.slice(0, kept), 'end', '. \u200C\u200D') + extension;
    kept += char.length;
  }
  return name;
}
