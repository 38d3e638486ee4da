// Holds `accept` against files of real writers. Each file is offered to routes that take it, by every name that a system or
// a browser has for it, and, under names of other formats, to routes that take those.
import { existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** Aliases of types, as shared-mime-info has them. It is under the GPL, so it is read here, and not shipped. */
function systemAliases(path = '/usr/share/mime/packages/freedesktop.org.xml') {
  if (!existsSync(path)) return [];
  const groups = [];
  for (const [, type, body] of readFileSync(path, 'utf8').matchAll(
    /<mime-type type="([^"]+)">([\s\S]*?)<\/mime-type>/g,
  )) {
    const types = [type, ...[...body.matchAll(/<alias type="([^"]+)"/g)].map(([, alias]) => alias)].map((t) =>
      t.toLowerCase(),
    );
    const extensions = [...body.matchAll(/<glob [^>]*pattern="\*\.([^"*]+)"/g)].map(([, extension]) =>
      extension.toLowerCase(),
    );
    groups.push({ types: types.filter((t) => !t.startsWith('zz-')), extensions });
  }
  return groups;
}

function contentOf(path) {
  const { size } = statSync(path);
  const file = openSync(path);
  const told = { reads: 0, bytes: 0 };
  return {
    told,
    size,
    async read(start, end) {
      const bytes = new Uint8Array(Math.min(end, size) - start);
      readSync(file, bytes, 0, bytes.length, start);
      told.reads++;
      told.bytes += bytes.length;
      return bytes;
    },
  };
}

const extensionOf = (name) => name.split('.').at(-1).toLowerCase();
const kindOf = (type) => type.split('/')[0].replace('audio', 'video');

/** Formats of which a file of the one is a file of the other too, or cannot be told from it by anybody. */
const ALIKE = [
  ['mp4', 'mov', '3gp', 'm4a', 'mp4 sound'],
  ['mkv', 'mka', 'webm', 'webm sound'],
  ['ogg', 'oga', 'ogv'],
  ['tiff', 'raw'],
  ['pdf', 'ai'],
  ['ttf', 'otf'],
  ['wmv', 'wma'],
  ['mpeg', 'ts'],
  ['heif', 'avif'],
  ['rtf', 'doc'],
  ['gz', 'svgz'],
  ['ico', 'cur'],
  ['sqlite', 'gpkg'],
  ['hdf5', 'netcdf'],
  ['ar', 'deb'],
  ['docx', 'docm'],
  ['xlsx', 'xlsm'],
  [
    'zip',
    'docx',
    'xlsx',
    'xlsm',
    'xlsb',
    'pptx',
    'odt',
    'ods',
    'odp',
    'odg',
    'epub',
    'jar',
    'cbz',
    'kmz',
    '3mf',
    'usd',
    'npz',
  ],
];
const ZIPS = ALIKE.at(-1);
const TEXTS = [
  'text',
  'csv',
  'tsv',
  'md',
  'json',
  'yaml',
  'toml',
  'xml',
  'ics',
  'vcf',
  'eml',
  'vtt',
  'subtitles',
  'tex',
  'sql',
  'dif',
  'html',
];
/** What nobody can tell from what is in it. */
const LOCKED = ['docx', 'xlsx', 'pptx'];

/** Whether a file of the one format may stand under a name of the other. */
const isAlike = (truth, trait, claimed, isText) =>
  truth === claimed ||
  (claimed === 'zip' && ZIPS.includes(truth)) ||
  (claimed === 'ico' && ['png', 'bmp'].includes(truth)) ||
  (trait === 'secret' && LOCKED.includes(claimed)) ||
  ALIKE.slice(0, -1).some((group) => group.includes(truth) && group.includes(claimed)) ||
  (isText && TEXTS.includes(claimed));

/** Names that impostors take. */
const IMPOSTORS =
  'jpg png gif webp bmp tif ico heic avif psd svg tga jp2 pdf docx xlsx pptx odt ods doc xls ppt rtf epub zip 7z rar gz tar mp3 wav flac ogg aac m4a mp4 mov webm mkv avi mpg csv txt json md xml html ttf woff2 stl glb sqlite parquet iso dcm mid dwg'.split(
    ' ',
  );

/** What one program of an office opens, whatever its name. */
const OFFICES = [
  ['doc', 'docx', 'rtf', 'odt', 'fodt'],
  ['xls', 'xlsx', 'xlsm', 'xlsb', 'ods'],
  ['ppt', 'pptx', 'odp'],
];
const areOfOneOffice = (a, b) => OFFICES.some((office) => office.includes(a) && office.includes(b));
const areOfOneKind = (a, b) => a === b && ['image', 'video'].includes(a);

/** Only a pattern that names them lets them in. */
const PROGRAMS = ['exe', 'jar'];

/**
 * What was refused of what is right, and taken of what is wrong, by file.
 * @param formats `createAccepts`, `judgeContent` and `theCatalog` of the package.
 * @param files Each with its `name`, `path`, `writer` and `format`; after it `sound`, `secret` or `utf16` may stand.
 * @param browsers By name, the type that each browser calls it.
 * @param impostors Extensions.
 */
export async function hold({ createAccepts, judgeContent, theCatalog }, files, browsers = [], impostors = IMPOSTORS) {
  const { byId, formats } = theCatalog();
  const system = systemAliases();
  const held = [];
  for (const { name, format: said, path, writer } of files) {
    const [id, trait] = said.split(' ');
    const format = byId.get(id);
    if (format === undefined) throw new TypeError(`The table has no ${id}.`);
    const content = contentOf(path);
    const row = { name, format: id, writer, right: 0, wrong: 0, refused: [], taken: [], reads: 0, bytes: 0 };
    held.push(row);

    const ask = async (file, pattern) => {
      const accepts = createAccepts([pattern]);
      if (!accepts.claim(file)) return 'by its name';
      content.told.reads = content.told.bytes = 0;
      const { fits, message } = await judgeContent(content, file, accepts);
      row.reads = Math.max(row.reads, content.told.reads);
      row.bytes = Math.max(row.bytes, content.told.bytes);
      return fits ? undefined : message;
    };

    const extension = extensionOf(name);
    const aliases = system
      .filter(({ types, extensions }) => extensions.includes(extension) && types.some((t) => format.types.includes(t)))
      .flatMap(({ types }) => types);
    const own = [...format.types, ...format.oddTypes, ...aliases];
    const types = new Set(['', 'application/octet-stream', ...own, ...browsers.flatMap((named) => named[name] ?? [])]);
    // Of a name that may be sound or film, a film is not for a route that takes sound.
    const isFilm = format.types.some((t) => t.startsWith('video/')) && trait !== 'sound';
    const kind = trait === 'sound' ? 'audio' : format.types[0].split('/')[0];
    const patterns = new Set([
      `.${extension}`,
      ...own.filter((t) => !isFilm || !t.startsWith('audio/')),
      ...(PROGRAMS.includes(extension) ? [] : [`${kind}/*`]),
    ]);
    for (const pattern of patterns)
      for (const type of types) {
        row.right++;
        const why = await ask({ name, type }, pattern);
        if (why !== undefined) row.refused.push(`${name} as "${type}" by ${pattern}: ${why}`);
      }

    const hasZeros = readFileSync(path).subarray(0, 4096).includes(0);
    const isText = trait === 'utf16' || (!hasZeros && !PAGES.includes(id));
    for (const other of impostors) {
      const claimed = formats.find(({ extensions }) => extensions.includes(other));
      if (isAlike(id, trait, claimed.id, isText)) continue;
      const [type] = claimed.types;
      // Another picture with the name of a picture is what people have.
      const isRenamed = areOfOneKind(kindOf(type), kindOf(format.types[0])) || areOfOneOffice(id, claimed.id);
      for (const pattern of [`.${other}`, type, ...(isRenamed ? [] : [`${type.split('/')[0]}/*`])]) {
        row.wrong++;
        const why = await ask({ name: `a.${other}`, type }, pattern);
        if (why === undefined) row.taken.push(`${name} as a.${other} by ${pattern}`);
      }
    }
  }
  return held;
}

/** Texts that are something else for certain. */
const PAGES = ['svg', 'html', 'pdf', 'ps', 'rtf', 'ai'];
