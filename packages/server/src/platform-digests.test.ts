import { readdirSync, readFileSync } from 'node:fs';
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

it('is how the server runs on any runtime: only the adapter for Node imports from Node', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const importing = sources
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .filter((path) => /from 'node:/.test(readFileSync(`${import.meta.dirname}/${path}`, 'utf8')));
  expect(importing).toEqual(['node.ts']);
});
