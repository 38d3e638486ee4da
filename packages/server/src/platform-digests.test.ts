import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { portableDigests } from '@portage/protocol/sigv4';
import { afterEach, expect, it, vi } from 'vitest';
import { platformDigests } from './platform-digests.ts';

afterEach(() => vi.unstubAllGlobals());

const key = new Uint8Array([1, 2, 255]);

it('gives the digests that the portable code gives', () => {
  expect(platformDigests()).not.toBe(portableDigests);
  for (const text of ['', 'abc', 'körper 🎉', 'x'.repeat(1000)]) {
    expect(platformDigests().sha256(text)).toBe(portableDigests.sha256(text));
    expect(platformDigests().hmac(key)(text)).toBe(portableDigests.hmac(key)(text));
  }
});

it("falls back to the portable code where there is no Node, or none of Node's modules", () => {
  for (const process of [undefined, {}, { getBuiltinModule: () => undefined }]) {
    vi.stubGlobal('process', process);
    expect(platformDigests()).toBe(portableDigests);
  }
});

it('is how the server runs on any runtime: nothing that it imports comes from Node', () => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const source = readFileSync(path, 'utf8');
    // Of types alone nothing is left.
    expect([path, /^(?!import type ).*from 'node:/m.test(source)]).toEqual([path, false]);
    for (const [, next = ''] of source.matchAll(/^(?:import|export|\}).* from '(\.[^']+)'/gm))
      visit(join(dirname(path), next));
  };
  for (const entry of ['index.ts', 'client.ts', 'aws.ts']) visit(join(import.meta.dirname, entry));
  expect(seen.size).toBeGreaterThan(30);
});
