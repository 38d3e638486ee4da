/**
 * The props of components for their pages, read from the sources: `virtual:portage-props` has each interface and type of
 * packages/react/src by its name. (Storybook's own ways need TypeScript's old API, or do not follow types into other files.)
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, parseAst } from 'vite';

export interface Prop {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** Without its tags. */
  readonly says: string;
  /** What `@default` says. */
  readonly default?: string;
}

export type Props = Readonly<Record<string, readonly Prop[]>>;

const NAME = 'virtual:portage-props';
const SOURCES = join(import.meta.dirname, '../packages/react/src');

export function propTables(): Plugin {
  return {
    name: 'portage-props',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /^(?!stories)[^.]*\.tsx?$/.test(name),
      );
      const sources = files.map((name) => [readFileSync(join(SOURCES, name), 'utf8'), name] as const);
      const choices = new Map(sources.flatMap(([code]) => choicesIn(code)));
      const all = sources.flatMap(([code, name]) => interfacesOf(code, name, choices));
      return `export default ${JSON.stringify(Object.fromEntries(all))};`;
    },
  };
}

/** As much of a syntax tree as is looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly declaration?: Node;
  readonly id?: { readonly name: string };
  readonly body?: Node | readonly Node[];
  readonly key?: { readonly name?: string };
  readonly optional?: boolean;
  readonly typeAnnotation?: Node;
}

/** Types that are one of some words, by their name: a table says which. */
function choicesIn(code: string): (readonly [name: string, type: string])[] {
  return [...code.matchAll(/^export type (\w+) = ('[\w-]+'(?: \| '[\w-]+')+);$/gm)].map(
    ([, name = '', type = '']) => [name, type] as const,
  );
}

export function interfacesOf(
  code: string,
  file: string,
  choices: ReadonlyMap<string, string>,
): (readonly [name: string, props: readonly Prop[]])[] {
  const { body } = parseAst(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as { body: readonly Node[] };
  return body.flatMap(({ declaration }) => {
    if (declaration?.type !== 'TSInterfaceDeclaration' || !declaration.id) return [];
    const members = (declaration.body as Node).body as readonly Node[];
    let before = (declaration.body as Node).start;
    const props = members.map((member) => {
      const comment = code.slice(before, member.start);
      before = member.end;
      const prop = propOf(code, member, comment);
      return { ...prop, type: choices.get(prop.type) ?? prop.type };
    });
    return [[declaration.id.name, props] as const];
  });
}

function propOf(code: string, { key, optional, type, start, end, typeAnnotation }: Node, before: string): Prop {
  const [, comment = ''] = /\/\*\*(.*?)\*\//s.exec(before) ?? [];
  const text = comment.replace(/^\s*\* ?/gm, '').trim();
  const written =
    type === 'TSPropertySignature' && typeAnnotation
      ? code.slice(typeAnnotation.start + 1, typeAnnotation.end)
      : code
          .slice(start, end)
          .replace(/^\w+\??/, '')
          .replace(/;$/, '');
  const [, byDefault] = /@default\s+(.*?)(?=\n@|$)/s.exec(text) ?? [];
  return {
    name: key?.name ?? '',
    type: written
      .replace(/\s+/g, ' ')
      .replace(/ \| undefined$/, '')
      // A function that may be left out is written in brackets.
      .replace(/^\((\(.*)\)$/, '$1')
      .trim(),
    required: !optional,
    says: text.replace(/\s*@(default|example)[\s\S]*$/, '').replace(/\s+/g, ' '),
    ...(byDefault && { default: byDefault.replace(/\s+/g, ' ').trim() }),
  };
}
