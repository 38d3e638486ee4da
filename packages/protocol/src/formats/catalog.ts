/** What formats are called: by extension and by media type. */
import { type Look, parseLook } from './look.ts';
import { NAMES } from './names.ts';
import { TABLE } from './table.ts';

export interface Format {
  readonly id: string;
  /** A noun with its article, such as `a JPEG picture`. */
  readonly words: string;
  /** The first is the one to show. */
  readonly types: readonly string[];
  /** Names of another kind. Nobody looks for the format by them: a PDF document may be `image/pdf`, but is no picture. */
  readonly oddTypes: readonly string[];
  readonly extensions: readonly string[];
  readonly look: Look;
}

/** What a name or a type may stand for: a type, and the format that files of it are known to have. */
export interface Meaning {
  readonly type: string;
  readonly format: Format | undefined;
}

interface Catalog {
  readonly formats: readonly Format[];
  readonly byId: ReadonlyMap<string, Format>;
  readonly byType: ReadonlyMap<string, readonly Format[]>;
  readonly byExtension: ReadonlyMap<string, readonly Meaning[]>;
}

/** A type without its parameters, in lower case. */
export const bareType = (type: string) => type.split(';')[0]?.trim().toLowerCase() ?? '';

/** One spelling for a type that was experimental, and for the same one that is registered: `audio/x-wav`, `audio/wav`. */
export const plainType = (type: string) => bareType(type).replace(/\/x[-.]/, '/');

const words = (list: string) => (list === '' ? [] : list.split(' '));

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

function read(): Catalog {
  const formats = TABLE.map(([id, name, types, extensions, look]) => ({
    id,
    words: name,
    types: words(types).filter((type) => !type.startsWith('~')),
    oddTypes: words(types).flatMap((type) => (type.startsWith('~') ? [type.slice(1)] : [])),
    extensions: words(extensions),
    look: parseLook(look),
  }));
  const byType = new Map<string, Format[]>();
  const byExtension = new Map<string, Meaning[]>();
  for (const format of formats) {
    for (const type of format.types) push(byType, plainType(type), format);
    for (const type of format.oddTypes) push(byType, plainType(type), format);
    for (const extension of format.extensions)
      for (const type of format.types) push(byExtension, extension, { type: plainType(type), format });
  }
  for (const line of NAMES.trim().split('\n')) {
    const [name = '', ...extensions] = line.split(' ');
    const type = plainType(name);
    for (const extension of extensions) {
      const known = byExtension.get(extension) ?? [];
      if (known.some((meaning) => meaning.type === type)) continue;
      for (const format of byType.get(type) ?? [undefined]) push(byExtension, extension, { type, format });
    }
    if (extensions.length > 0 && !byType.has(type)) byType.set(type, []);
  }
  return { formats, byId: new Map(formats.map((format) => [format.id, format])), byType, byExtension };
}

let catalog: Catalog | undefined;

/** Read once, when it is first asked for. */
export function theCatalog(): Catalog {
  catalog ??= read();
  return catalog;
}

/** The last extension of a name, without its dot; of `a.cwl.json` both, where they are known together. */
export function extensionOf(name: string): string | undefined {
  const lower = name.trim().toLowerCase();
  const [, both, last] = /\.([^./\\]+\.([^./\\]+))$/.exec(lower) ?? [];
  if (both !== undefined && theCatalog().byExtension.has(both)) return both;
  return last ?? /\.([^./\\]+)$/.exec(lower)?.[1];
}

/** What a name may stand for, the most usual first; empty where nobody knows. */
export const meaningsOf = (name: string): readonly Meaning[] =>
  theCatalog().byExtension.get(extensionOf(name) ?? '') ?? [];

/** What a type stands for; empty where nobody knows it. */
export function meaningsOfType(type: string): readonly Meaning[] {
  const plain = plainType(type);
  const formats = theCatalog().byType.get(plain);
  if (formats === undefined) return [];
  return formats.length === 0
    ? [{ type: plain, format: undefined }]
    : formats.map((format) => ({ type: plain, format }));
}
