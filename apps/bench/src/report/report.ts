/** What a benchmark found, as it is written to `report.json`. */
import type { LinkKind } from '../link/link.ts';
import type { Run } from '../run.ts';
import { ADAPTERS, type AdapterName, CEILINGS, type Scenario } from '../scenarios.ts';
import { median, type Spread, spread } from './statistics.ts';

export interface Report {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly command: string;
  readonly machine: Machine;
  readonly link: { readonly kind: LinkKind; readonly description: string };
  /** Bits per second that the store takes from six plain connections: on loopback, and over the unshaped link. */
  readonly ceilings: { readonly loopback: number; readonly link: number };
  /** The peers, each as `name version`. */
  readonly versions: readonly string[];
  readonly scenarios: readonly Scenario[];
  readonly runs: readonly Run[];
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory: number;
  readonly kernel: string;
  readonly node: string;
  readonly browser: string;
}

/** All runs of one uploader in one scenario, as one row. */
export interface Row {
  readonly adapter: AdapterName;
  readonly name: string;
  readonly runs: readonly Run[];
  /** Of the runs that went well; undefined where none did. Bits per second. */
  readonly goodput: Spread | undefined;
  readonly failures: readonly string[];
  /** Median goodput as a share of the link's rate; undefined where that has no limit. */
  readonly ofLink: number | undefined;
  /** … and of the better one of the ceilings in this scenario; undefined where none of them ran. */
  readonly ofCeiling: number | undefined;
  readonly seconds: number;
  readonly options: number;
  readonly puts: number;
  readonly medianPut: number;
  readonly connections: number;
  /** Calls to the page's own server. */
  readonly calls: number;
  /** Bytes that were sent more than once, as a share of the files. */
  readonly extra: number;
  /** Bytes that belong to no file, as a share of the files. */
  readonly padding: number;
  /** The longest task of the page's main thread, in milliseconds. */
  readonly longestTask: number;
  /** The same by what it had of the processor; undefined where that was not watched. */
  readonly longestSpent: number | undefined;
}

export function rowsOf(scenario: Scenario, all: readonly Run[]): Row[] {
  const goodputOf = (adapter: AdapterName) => {
    const values = all.filter((run) => isOf(run, scenario, adapter) && !run.error).map(({ goodput }) => goodput);
    return values.length > 0 ? spread(values) : undefined;
  };
  const ceiling = Math.max(0, ...CEILINGS.map((name) => goodputOf(name)?.median ?? 0));
  const size = scenario.files.count * scenario.files.size;
  return scenario.adapters.flatMap((adapter) => {
    const runs = all.filter((run) => isOf(run, scenario, adapter));
    if (runs.length === 0) return [];
    const goodput = goodputOf(adapter);
    const spent = runs.flatMap(({ longestSpent }) => longestSpent ?? []);
    const middle = (value: (run: Run) => number) => median(runs.map(value));
    return {
      adapter,
      name: ADAPTERS[adapter],
      runs,
      goodput,
      failures: runs.flatMap(({ error }) => error ?? []),
      ofLink: goodput && scenario.link.rate > 0 ? goodput.median / scenario.link.rate : undefined,
      ofCeiling: goodput && ceiling > 0 ? goodput.median / ceiling : undefined,
      seconds: middle(({ milliseconds }) => milliseconds / 1000),
      options: middle(({ counts }) => counts.options),
      puts: middle(({ counts }) => counts.puts),
      medianPut: middle(({ counts }) => counts.medianPut),
      connections: middle(({ counts }) => counts.connections),
      calls: middle(({ counts }) => sum(Object.values(counts.calls))),
      extra: middle(({ counts }) => (counts.bytes - counts.padding) / size - 1),
      padding: middle(({ counts }) => counts.padding / size),
      longestTask: middle(({ longestTask }) => longestTask),
      longestSpent: spent.length > 0 ? median(spent) : undefined,
    };
  });
}

const isOf = (run: Run, scenario: Scenario, adapter: AdapterName) =>
  run.scenario === scenario.id && run.adapter === adapter;

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
