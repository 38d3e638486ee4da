/** How memory and time grow with the size of a file, the number of its parts, and the number of files. */
import type { AdapterName, Scenario } from './scenarios.ts';

const MiB = 1024 ** 2;
const FACTORS = [1, 4, 16];

export function memoryScenarios(full: boolean): Scenario[] {
  const adapters: readonly AdapterName[] = ['portage'];
  const shared = {
    link: { rate: 0, roundTrip: 0 },
    store: { answerDelay: 0, stuckEvery: 0, stuckFor: 0 },
    adapters,
    runs: 1,
    footprint: true,
  };
  /** Parts of 5 MiB are the smallest that there are: 10,000 of them are 49 GiB. */
  const parts = full ? 625 : 40;
  const files = full ? 625 : 125;
  const size = full ? 640 * MiB : 64 * MiB;
  return FACTORS.flatMap((factor) => [
    {
      ...shared,
      id: `size-${factor}`,
      title: `size of one file × ${factor}`,
      files: { count: 1, size: size * factor },
    },
    {
      ...shared,
      id: `parts-${factor}`,
      title: `parts of 5 MiB × ${factor}`,
      files: { count: 1, size: parts * factor * 5 * MiB },
      partSize: 5 * MiB,
    },
    {
      ...shared,
      id: `files-${factor}`,
      title: `files of 10 kB × ${factor}`,
      files: { count: files * factor, size: 10_000 },
      // Uppy walks over all of its files at every event; the component gives it a hundred at a time.
      adapters: ['portage-react'] as const,
    },
  ]).sort((a, b) => order(a.id) - order(b.id));
}

/** All of one kind together: sizes, parts, files. */
const order = (id: string) => ['size', 'parts', 'files'].findIndex((kind) => id.startsWith(kind));
