/** What the manifests of the published packages must say; `npm run check:packages` looks at them packed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { published, readmeForNpm, root } from './release/pack.mjs';

const catalog = new Map(
  [...readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').matchAll(/^ {2}"?([@\w./-]+)"?: (\S+)$/gm)].map(
    ([, name = '', range = '']) => [name, range],
  ),
);

/** Targets of links that are neither on the page itself nor elsewhere. */
const relative = (text: string) => [...text.matchAll(/\]\(((?!#|[a-z]+:)[^()\s]+)\)/g)].map(([, target]) => target);

describe.each(published().map((each) => [each.manifest.name, each] as const))('%s', (_, { folder, dir, manifest }) => {
  it('takes ranges of what others publish: an exact version would be a second copy beside an app’s newer one', () => {
    const others = Object.entries(manifest.dependencies ?? {}).filter(([, range]) => range !== 'workspace:*');
    for (const [name, range] of others)
      expect(range === 'catalog:' ? catalog.get(name) : range, name).toMatch(/^[\^~>]/);
  });

  it('has a README whose links lead somewhere on npm, too', () => {
    const text = readFileSync(join(dir, 'README.md'), 'utf8');
    expect(relative(readmeForNpm(text, folder))).toEqual([]);
    const linked = readmeForNpm(text, folder, { url: 'git+https://github.com/us/portage.git' });
    expect(relative(linked)).toEqual([]);
    const paths = [...linked.matchAll(/\]\(https:\/\/github\.com\/us\/portage\/blob\/HEAD\/([^)#]+)/g)];
    expect(paths).toHaveLength(relative(text).length);
    for (const [, path = ''] of paths) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it('has the version that all have, and is published with its provenance', () => {
    expect(manifest.version).toBe(published()[0]?.manifest.version);
    expect(manifest.publishConfig).toMatchObject({ access: 'public', provenance: true });
  });

  it('is published with the entries that it has here, but for their sources', () => {
    const sourceOf = (entry: Record<string, string>) => entry['@portage/source'];
    const { exports, publishConfig } = manifest;
    expect(Object.keys(publishConfig.exports)).toEqual(Object.keys(exports));
    for (const [path, entry] of Object.entries(exports)) {
      if (sourceOf(entry) === undefined) continue;
      const { '@portage/source': source, ...rest } = entry;
      expect(publishConfig.exports[path], source).toEqual(rest);
    }
  });
});

it('a README names what its links meant where there is no repository to lead to', () => {
  const text =
    'See [@portage/uppy](../uppy/README.md), [the table](../../docs/formats.md#a), [NOTICE.md](NOTICE.md), [here](#here).';
  expect(readmeForNpm(text, 'protocol')).toBe(
    'See @portage/uppy, the table (`docs/formats.md`), NOTICE.md, [here](#here).',
  );
  expect(readmeForNpm(text, 'protocol', 'git@github.com:us/portage.git')).toContain(
    '[the table](https://github.com/us/portage/blob/HEAD/docs/formats.md#a), [NOTICE.md](https://github.com/us/portage/blob/HEAD/packages/protocol/NOTICE.md)',
  );
});
