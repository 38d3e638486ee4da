/** What the manifests of the published packages must say; `npm run check:packages` looks at them packed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { published, root } from './release/pack.mjs';

const catalog = new Map(
  [...readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').matchAll(/^ {2}"?([@\w./-]+)"?: (\S+)$/gm)].map(
    ([, name = '', range = '']) => [name, range],
  ),
);

describe.each(published().map(({ manifest }) => [manifest.name, manifest] as const))('%s', (_, manifest) => {
  it('takes ranges of what others publish: an exact version would be a second copy beside an app’s newer one', () => {
    const others = Object.entries(manifest.dependencies ?? {}).filter(([, range]) => range !== 'workspace:*');
    for (const [name, range] of others)
      expect(range === 'catalog:' ? catalog.get(name) : range, name).toMatch(/^[\^~>]/);
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
