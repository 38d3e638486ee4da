/** What is to be reached, beside what was. Ratios of medians of one benchmark; where an uploader did not run, no verdict. */
import type { AdapterName } from '../scenarios.ts';
import { percent, seconds, times } from './format.ts';
import { type Report, type Row, rowsOf, sum } from './report.ts';
import { percentile } from './statistics.ts';

export interface Bar {
  readonly row: string;
  readonly measure: string;
  readonly reach: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** From a scenario's rows: the value, or undefined where an uploader did not run or failed. */
type Find = (scenario: string, adapter: AdapterName) => Row | undefined;

interface Rule {
  readonly row: string;
  readonly measure: string;
  readonly reach: string;
  value(find: Find): number | undefined;
  readonly show: (value: number) => string;
  readonly reached: (value: number) => boolean;
}

const goodput = (row: Row | undefined) => row?.goodput?.median;
/** Without a stuck answer nothing was put to the test. */
const met = (row: Row | undefined) => (row?.runs.every(({ counts }) => counts.stuck > 0) ? row : undefined);
const ratio = (above: number | undefined, below: number | undefined) =>
  above === undefined || below === undefined || below === 0 ? undefined : above / below;

const faster = (row: string, scenario: string, than: AdapterName, name: string, factor: number): Rule => ({
  row,
  measure: `goodput beside ${name}`,
  reach: `≥ ${factor} ×`,
  value: (find) => ratio(goodput(find(scenario, 'portage')), goodput(find(scenario, than))),
  show: times,
  reached: (value) => value >= factor,
});

const ofLink = (row: string, scenario: string, measure: string, share: number): Rule => ({
  row,
  measure,
  reach: `≥ ${share * 100} % of the link`,
  value: (find) => find(scenario, 'portage')?.ofLink,
  show: percent,
  reached: (value) => value >= share,
});

const RULES: readonly Rule[] = [
  ofLink('1', '1', 'goodput, 100 Mbit/s 80 ms', 0.94),
  faster('1', '1', 'uppy6', '@uppy/aws-s3 6', 1.8),
  ofLink('2', '2', 'goodput, 300 Mbit/s 120 ms, 160 a connection', 0.85),
  faster('2', '2', 'uppy6', '@uppy/aws-s3 6', 4),
  faster('2', '2', 'six-xhrs', 'six fixed lanes', 1.3),
  faster('2b', '2b', 'six-xhrs', 'six plain XHRs, 2 % loss', 1),
  faster('2b', '2b', 'uppy6', '@uppy/aws-s3 6, 2 % loss', 5),
  faster('2b', '2b-large', 'six-xhrs', 'six plain XHRs, 2 % loss, 200 MiB', 1),
  faster('2b', '2b-large', 'uppy6', '@uppy/aws-s3 6, 2 % loss, 200 MiB', 5),
  {
    ...faster('2b', '2b-http2', 'portage', 'one name, 2 % loss, HTTP/2, of a store of two names', 1.9),
    value: (find) => ratio(goodput(find('2b-http2', 'portage-two-names')), goodput(find('2b-http2', 'portage'))),
  },
  {
    row: '3',
    measure: 'goodput of the better ceiling, 20 Mbit/s 40 ms',
    reach: '≥ 97 %',
    value: (find) => find('3', 'portage')?.ofCeiling,
    show: percent,
    reached: (value) => value >= 0.97,
  },
  {
    row: '3',
    measure: 'a page load beside it, 95th percentile against idle',
    reach: '≤ 2 ×',
    value: (find) => slowdown(find('3', 'portage')),
    show: times,
    reached: (value) => value <= 2,
  },
  {
    row: '4',
    measure: 'link falls 100 → 10 → 100 Mbit/s: until it is full again, at the worst',
    reach: '≤ 10 s',
    value: (find) => worstRecovery(find('4', 'portage')),
    show: (value) => (Number.isFinite(value) ? seconds(value) : 'never'),
    reached: (value) => value <= 10,
  },
  {
    row: '5',
    measure: 'answers stuck for 5 s: time against none',
    reach: '≤ 1.03 ×',
    value: (find) => ratio(met(find('5', 'portage'))?.seconds, find('1', 'portage')?.seconds),
    show: times,
    reached: (value) => value <= 1.03,
  },
  {
    row: '5',
    measure: 'answers stuck for 5 s: bytes sent twice',
    reach: '≤ 1 %',
    value: (find) => met(find('5', 'portage'))?.extra,
    show: percent,
    reached: (value) => value <= 0.01,
  },
  {
    row: '6',
    measure: 'sign calls, against 16 for each 1,000 parts begun',
    reach: '≤ 1 ×',
    value: (find) => signCalls(find('6', 'portage')),
    show: times,
    reached: (value) => value <= 1,
  },
  faster('8', '8', 'uppy6', '@uppy/aws-s3 6, many small files', 2.5),
  {
    ...faster('8', '8', 'uppy6', '@uppy/aws-s3 6, many small files, a store of two names', 2.5),
    value: (find) => ratio(goodput(find('8', 'portage-two-names')), goodput(find('8', 'uppy6'))),
  },
  {
    ...faster('8', '8', 'uppy6', '@uppy/aws-s3 6, many small files, a store of four names', 2.5),
    value: (find) => ratio(goodput(find('8', 'portage-four-names')), goodput(find('8', 'uppy6'))),
  },
  {
    ...faster('8', '8', 'uppy6', '@uppy/aws-s3 6, many small files, in packs', 4),
    value: (find) => ratio(goodput(find('8', 'portage-packs')), goodput(find('8', 'uppy6'))),
  },
  ...(['8', '8-tiny'] as const).map(
    (row): Rule => ({
      row,
      measure: 'bytes sent twice, in packs, without a fault',
      reach: '0 %',
      value: (find) => find(row, 'portage-packs')?.extra,
      show: percent,
      reached: (value) => value === 0,
    }),
  ),
  {
    ...faster('8-tiny', '8-tiny', 'uppy6', '@uppy/aws-s3 6, many tiny files, in packs', 8),
    value: (find) => ratio(goodput(find('8-tiny', 'portage-packs')), goodput(find('8-tiny', 'uppy6'))),
  },
  {
    row: '9',
    measure: 'longest task of the page, its processor slowed down four times, by what it had of the processor',
    reach: '≤ 50 ms',
    value: (find) => find('9', 'portage-react')?.longestSpent,
    show: (value) => `${value.toFixed(0)} ms`,
    reached: (value) => value <= 50,
  },
  {
    row: '9',
    measure: 'changes of the page by React, in a second',
    reach: '≤ 10',
    value: (find) => commitRate(find('9', 'portage-react')),
    show: (value) => value.toFixed(1),
    reached: (value) => value <= 10,
  },
  {
    row: '11',
    measure: 'goodput with the checksum, against without',
    reach: '≥ 95 %',
    value: (find) => ratio(goodput(find('1', 'portage')), goodput(find('1', 'portage-unchecked'))),
    show: percent,
    reached: (value) => value >= 0.95,
  },
];

export function checkBars(report: Report): Bar[] {
  const rows = new Map(report.scenarios.map((scenario) => [scenario.id, rowsOf(scenario, report.runs)]));
  const find: Find = (id, adapter) => rows.get(id)?.find((row) => row.adapter === adapter && row.goodput !== undefined);
  return RULES.flatMap(({ row, measure, reach, value, show, reached }) => {
    const measured = value(find);
    if (measured === undefined) return [];
    return { row, measure, reach, measured: show(measured), reached: reached(measured) };
  });
}

/** 95th percentiles of a small page's load, beside an upload and before it. */
export function slowdown(row: Row | undefined): number | undefined {
  const loads = row?.runs.flatMap(({ pageLoads }) => pageLoads ?? []) ?? [];
  const idle = loads.flatMap((load) => load.idle);
  const beside = loads.flatMap((load) => load.beside);
  if (idle.length === 0 || beside.length === 0) return undefined;
  return percentile(beside, 0.95) / percentile(idle, 0.95);
}

/** In seconds; infinite where a run did not come back. */
function worstRecovery(row: Row | undefined): number | undefined {
  const all = row?.runs.flatMap(({ recoveries = [] }) => recoveries) ?? [];
  if (all.length === 0) return undefined;
  return Math.max(...all.map((recovery) => recovery.seconds ?? Number.POSITIVE_INFINITY));
}

function commitRate(row: Row | undefined): number | undefined {
  const [run] = row?.runs ?? [];
  return run?.commits === undefined ? undefined : run.commits / (run.milliseconds / 1000);
}

/** Whatever was asked of the server for signatures, `create` being one that signs ahead, as a share of what is allowed. */
function signCalls(row: Row | undefined): number | undefined {
  const [run] = row?.runs ?? [];
  if (run === undefined) return undefined;
  const calls = Object.entries(run.counts.calls).filter(([path]) => /(create|sign)$/.test(path));
  return sum(calls.map(([, count]) => count)) / Math.ceil((run.counts.puts * 16) / 1000);
}
