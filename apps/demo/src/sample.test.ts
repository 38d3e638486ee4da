import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSample, sampleSize } from './sample.ts';

async function sha256(file: Blob): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of file.stream()) hash.update(bytes);
  return hash.digest('hex');
}

it('is the same 200 MB at every run, on every machine', async () => {
  const sample = createSample(200);
  expect([sample.name, sample.size]).toEqual(['sample-200-mb.bin', 200_000_000]);
  expect(await sha256(sample)).toBe('c921c4e157e8f28a5b2c05a6129a644ca82dbacc5090cfcc4cace765a90b5bc3');
});

it('has no two megabytes alike', async () => {
  const sample = createSample(3);
  const megabytes = [0, 1, 2].map((start) => sha256(sample.slice(start * 1_000_000, (start + 1) * 1_000_000)));
  expect(new Set(await Promise.all(megabytes)).size).toBe(3);
});

it('is as large as the address says, if that is a size', () => {
  expect(['', '?mb=40', '?mb=0', '?mb=x', '?mb=1.5', '?mb=1001'].map(sampleSize)).toEqual([
    200, 40, 200, 200, 200, 200,
  ]);
});
