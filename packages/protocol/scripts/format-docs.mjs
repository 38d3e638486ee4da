// Writes docs/formats.md from the table of formats: `npm run formats:docs`.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { RECIPES } from '../corpus/recipes.mjs';
import { debianPairs } from './format-names.mjs';

const db = createRequire(import.meta.url)('mime-db');

/** What checks.ts and their like look at, in words. */
const CHECKS = {
  svg: 'an `svg` element, first',
  html: 'what a browser would show as a page',
  markup: 'a heading, a table or another element, first',
  tga: '`TRUEVISION-XFILE` 18 bytes before the end, or a header whose fields fit',
  ico: 'a list of pictures, the first of them inside',
  mp3: 'a frame with another one behind it, or behind a tag or zeros',
  aac: 'a frame with another one behind it, or behind a tag',
  flac: '`fLaC` behind a tag',
  dbf: 'a version, a day, and a header that ends where it says',
  stl: 'a size of 84 bytes and 50 for each triangle',
  tar: 'the sum of its header',
  lzma: 'properties and a size that fit',
  arrow: 'a marker and a length',
  fat: 'the mark of a boot sector',
  msi: 'a compound file of the class of installers',
};

const show = (bytes) =>
  `\`${[...bytes]
    .map((char) =>
      char === '?'
        ? '·'
        : char > ' ' && char < '\x7f' && char !== '`' && char !== '|'
          ? char
          : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .join('')}\``;

function termInWords(term, byId) {
  switch (term.kind) {
    case 'bytes':
      if (term.to > term.from) return `${show(term.bytes)} within the first ${term.to + term.bytes.length} bytes`;
      if (term.from < 0) return `${show(term.bytes)} ${-term.from} bytes before the end`;
      return term.from === 0 ? show(term.bytes) : `${show(term.bytes)} at ${term.from}`;
    case 'text':
      return term.start === '' ? 'a text' : `a text that begins ${show(term.start)}`;
    case 'zip':
      return `a ZIP with ${show(term.name)}`;
    case 'zip!':
      return `without ${show(term.name)}`;
    case 'zip=':
      return term.name === '?' ? 'no `mimetype`' : `a ZIP whose \`mimetype\` is ${show(term.name)}`;
    case 'cfb':
      return `a compound file with ${show(term.name)}`;
    case 'brand':
      return `the brand ${show(term.name)}`;
    case 'found':
      return byId.get(term.name)?.words ?? (term.name === 'mp4' ? 'an MP4 video' : term.name);
    default:
      return CHECKS[term.name] ?? term.name;
  }
}

export async function docs({ theCatalog }) {
  const { formats, byId } = theCatalog();
  const debian = new Set((await debianPairs()).map(([type]) => type.toLowerCase()));
  const writers = new Map();
  for (const [writer, , made] of RECIPES)
    for (const format of Object.values(made)) {
      const [id] = format.split(' ');
      writers.set(id, (writers.get(id) ?? new Set()).add(writer));
    }
  const rows = formats
    .filter(({ extensions }) => extensions.length > 0)
    .map(({ id, words, types, oddTypes, extensions, look }) => {
      const looks = look.map(({ terms }) => terms.map((term) => termInWords(term, byId)).join(' and '));
      const shown = [...new Set(looks)].slice(0, 4).join('; ') + (new Set(looks).size > 4 ? '; and others' : '');
      const tells = TOLD.includes(id) || look.some((alternative) => alternative.tells) ? 'of any file' : 'by its name';
      const all = [...types, ...oddTypes];
      const from = [
        [all.filter((type) => db[type] !== undefined).length, 'mime-db'],
        [all.filter((type) => db[type] === undefined && debian.has(type)).length, 'media-types'],
        [all.filter((type) => db[type] === undefined && !debian.has(type)).length, 'seen'],
      ].flatMap(([count, name]) => (count > 0 ? [`${count} ${name}`] : []));
      const film = FILMS.includes(id) ? [`its brand${shown === '' ? '' : `; ${shown}`}`] : [shown];
      const cells = [
        `${words.replace(/^an? /, '')}`,
        extensions.join(' '),
        ...film,
        tells,
        from.join(', '),
        [...(writers.get(id) ?? [])].join(', '),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  return `# Which formats \`accept\` knows

${rows.length} formats, from \`packages/protocol/src/formats/table.ts\`; \`npm run formats:docs\` writes this page. For further formats only
names are known, in \`names.ts\`: ${(await debianPairs()).length} pairs of a type and an extension of Debian's media-types 10.0.0 (public domain), and those
of mime-db (MIT).

- **Looked at**: what the content must have. One of several is enough. Where it names another format, a file of that one is
  one of this one too.
- **Told**: _of any file_, so that a file of another name is recognised as this and refused; or only _by its name_: files of
  that name are checked, and others are not taken for it.
- **Names**: where the media types come from. What no list has was _seen_: with browsers, systems, or older writers.
- **Held against**: real writers, whose files \`npm run test:formats\` makes and judges.

What it does not do: it is no virus scanner, and it does not read a file through. A picture may be cut off behind its first
bytes; a ZIP may hold what it likes. CSV, JSON and other texts are told from binary files and pages, not from one another.
Office documents with a password are all alike. Of a format without a row only a pattern that names it takes files.

| Format | Extensions | Looked at | Told | Names | Held against |
| ------ | ---------- | --------- | ---- | ----- | ------------ |
${rows.join('\n')}
`;
}

const FILMS = ['mp4', 'mov', '3gp'];
/** What is told by more than bytes at a place. */
const TOLD = [...FILMS, 'svg', 'html', 'mp3', 'aac', 'msi'];

if (process.argv[1] === new URL(import.meta.url).pathname)
  await writeFile(
    new URL('../../../docs/formats.md', import.meta.url),
    await docs(await import('../dist/formats/catalog.js')),
  );
