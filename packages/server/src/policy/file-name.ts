/** Most bytes of a name once percent-encoded: S3 keeps 2 KB of user metadata, and the app wants some of it. */
const MAX_ENCODED_NAME = 1024;

/** Most characters of a name within a key. */
const MAX_KEY_NAME = 100;

// Control characters; direction marks, which make `exe.gpj` read as a picture; slashes; lone surrogates.
const UNSHOWABLE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const SLASHES = /[/\\]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The name as it may be shown and kept: one path segment, nothing invisible in it, cut where it is very long. */
export function displayName(name: string): string {
  const clean = name
    .replace(LONE_SURROGATE, '\uFFFD')
    .normalize('NFC')
    .replace(UNSHOWABLE, '')
    .replace(SLASHES, '_')
    .trim();
  return cut(
    clean === '' || /^\.+$/.test(clean) ? 'file' : clean,
    (text) => encodeName(text).length <= MAX_ENCODED_NAME,
  );
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
  const bare = stem.replace(/\.+/g, '-').replace(/^-+|-+$/g, '');
  return cut((bare === '' ? 'file' : bare) + extension, (text) => text.length <= MAX_KEY_NAME);
}

/** A name as the value of a header: percent-encoded UTF-8, as `decodeURIComponent` reads it. */
export const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function splitExtension(name: string) {
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** Takes whole characters from the end of the stem until the name fits; the extension stays. */
function cut(name: string, fits: (name: string) => boolean): string {
  if (fits(name)) return name;
  const { stem, extension } = splitExtension(name);
  const characters = [...stem];
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(characters.slice(0, middle).join('') + extension)) low = middle;
    else high = middle - 1;
  }
  return characters.slice(0, low).join('') + extension;
}
