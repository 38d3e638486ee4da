import { parseArgs } from 'node:util';
import type { LinkKind } from './link/link.ts';
import { memoryScenarios } from './memory-scenarios.ts';
import { ADAPTERS, type AdapterName, type Scenario, scenarios } from './scenarios.ts';

export interface Options {
  readonly scenarios: readonly Scenario[];
  readonly link: LinkKind | undefined;
  /** Folder for the report. */
  readonly out: string;
}

export const USAGE = `Usage: npm run bench -- [options]      (npm run bench:full is the same with --full)

  --full               real sizes, and every peer
  --memory             how memory and CPU time grow with sizes and numbers, instead of speed (Linux)
  --only 1,2b          these scenarios
  --adapters a,b       these uploaders, in every scenario: ${Object.keys(ADAPTERS).join(', ')}
  --runs N             of each uploader in each scenario
  --scale X            sizes of files, or their number, times X
  --link kernel        two network namespaces (Linux, as root), or: user-space
  --out FOLDER         for report.json, report.md and the charts
`;

/** @throws TypeError, with words for people, where the arguments are not to be understood. */
export function readOptions(args: readonly string[], defaultOut: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      full: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: false },
      only: { type: 'string' },
      adapters: { type: 'string' },
      runs: { type: 'string' },
      scale: { type: 'string' },
      link: { type: 'string' },
      out: { type: 'string', default: defaultOut },
    },
  });
  const all = values.memory ? memoryScenarios(values.full) : scenarios(values.full);
  const ids = listOf(
    values.only,
    all.map(({ id }) => id),
    'scenario',
  );
  const names = listOf(values.adapters, Object.keys(ADAPTERS), 'adapter') as AdapterName[] | undefined;
  const runs = positive(values.runs, 'runs');
  const scale = positive(values.scale, 'scale') ?? 1;
  const { link } = values;
  if (link !== undefined && link !== 'kernel' && link !== 'user-space')
    throw new TypeError(`--link is kernel or user-space, not ${link}.`);
  return {
    scenarios: all
      .filter(({ id }) => ids === undefined || ids.includes(id))
      .map((scenario) => ({
        ...scenario,
        files: scaled(scenario.files, scale),
        adapters: names ?? scenario.adapters,
        runs: runs ?? scenario.runs,
      })),
    link,
    out: values.out,
  };
}

function scaled({ count, size }: Scenario['files'], scale: number): Scenario['files'] {
  return count > 1
    ? { count: Math.max(1, Math.round(count * scale)), size }
    : { count, size: Math.round(size * scale) };
}

function listOf(value: string | undefined, known: readonly string[], what: string): string[] | undefined {
  if (value === undefined) return undefined;
  const list = value.split(',');
  for (const name of list)
    if (!known.includes(name)) throw new TypeError(`There is no ${what} ${name}; there are ${known.join(', ')}.`);
  return list;
}

function positive(value: string | undefined, name: string): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (number > 0) return number;
  throw new TypeError(`--${name} must be a number above 0, not ${value}.`);
}
