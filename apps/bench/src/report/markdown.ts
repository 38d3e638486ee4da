/** The report for people. */

import { type LinkShape, queueOf } from '../link/link.ts';
import type { Scenario } from '../scenarios.ts';
import { checkBars, slowdown } from './bars.ts';
import { bytes, mbit, number, percent, seconds, table, times } from './format.ts';
import { growthTable } from './growth.ts';
import { type Report, type Row, rowsOf } from './report.ts';

export function toMarkdown(report: Report): string {
  const { machine, link, ceilings, versions } = report;
  const busiest = Math.max(0, ...report.runs.map(({ load }) => load));
  return [
    '# Benchmark',
    '',
    `${report.startedAt}, ${Math.round(report.seconds)} s, \`${report.command}\``,
    '',
    `* Link: ${link.kind}: ${link.description}. Headers leave ${percent(1448 / 1500)} of a rate to files.`,
    `* Store: takes ${mbit(ceilings.loopback)} Mbit/s on loopback, ${mbit(ceilings.link)} Mbit/s over the link unshaped.`,
    `* Machine: ${machine.cores} × ${machine.cpu}, ${bytes(machine.memory)}, ${machine.kernel}, Node ${machine.node}, ${machine.browser}.`,
    `* Load of the machine at the most: ${busiest.toFixed(1)}${busiest > machine.cores ? ' – more than it has cores: do not trust times' : ''}.`,
    `* ${versions.join(', ')}.`,
    '',
    ...barsSection(report),
    ...growthSection(report),
    ...report.scenarios.flatMap((scenario) => section(scenario, rowsOf(scenario, report.runs))),
  ].join('\n');
}

function barsSection(report: Report): string[] {
  const bars = checkBars(report);
  if (bars.length === 0) return [];
  const rows = bars.map(({ row, measure, reach, measured, reached }) => [
    row,
    measure,
    reach,
    measured,
    reached ? 'reached' : '**short**',
  ]);
  return ['## Bars', '', table(['', 'Measure', 'Reach', 'Measured', ''], rows)];
}

function growthSection(report: Report): string[] {
  const growth = growthTable(report);
  return growth === undefined ? [] : ['## What grows', '', growth];
}

function section(scenario: Scenario, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const { count, size } = scenario.files;
  const failures = rows.flatMap(({ name, failures }) => failures.map((failure) => `* ${name} failed: ${failure}`));
  return [
    '',
    `## ${scenario.id}: ${scenario.title}`,
    '',
    `${count === 1 ? bytes(size) : `${number(count)} files of ${bytes(size)}`}, ${scenario.runs} ${scenario.runs === 1 ? 'run' : 'runs'} of each in turn; ${shapeInWords(scenario.link)}; parts are answered ${scenario.store.answerDelay} ms after their last byte.`,
    '',
    ...(scenario.link.rate > 0 ? [`![Goodput](${chartName(scenario)})`, ''] : []),
    ...measurements(rows),
    ...(failures.length > 0 ? ['', ...failures] : []),
  ];
}

function measurements(rows: readonly Row[]): string[] {
  const more = [
    { name: 'padding', of: ({ padding }: Row) => padding || undefined, show: percent },
    { name: 'page beside', of: (row: Row) => slowdown(row), show: times },
    { name: 'of the processor', of: (row: Row) => row.longestSpent, show: (ms: number) => `${number(ms)} ms` },
  ].filter(({ of }) => rows.some((row) => of(row) !== undefined));
  const shown = rows.map((row) =>
    more.map(({ of, show }) => {
      const value = of(row);
      return value === undefined ? '' : show(value);
    }),
  );
  const head = [...HEAD, ...more.map(({ name }) => name)];
  return [
    table(
      head,
      rows.map((row, index) => [...cells(row), ...(shown[index] ?? [])]),
    ),
  ];
}

export const chartName = ({ id }: Scenario) => `chart-${id}.svg`;

function shapeInWords(link: LinkShape): string {
  if (link.rate === 0) return 'unshaped';
  const queue = `queue of ${bytes(queueOf(link))}`;
  return link.loss ? `${queue}, ${percent(link.loss)} of packets lost each way` : queue;
}

const HEAD = [
  '',
  'Mbit/s',
  'least – most',
  'of the link',
  'of the ceiling',
  'time',
  'OPTIONS',
  'PUTs',
  'median PUT',
  'server calls',
  'sent twice',
  'connections',
  'longest task',
];

const cells = (row: Row) => [
  row.name,
  row.goodput ? mbit(row.goodput.median) : 'failed',
  row.goodput ? `${mbit(row.goodput.least)} – ${mbit(row.goodput.most)}` : '',
  row.ofLink === undefined ? '' : percent(row.ofLink),
  row.ofCeiling === undefined ? '' : times(row.ofCeiling),
  seconds(row.seconds),
  number(row.options),
  number(row.puts),
  bytes(row.medianPut),
  number(row.calls),
  percent(row.extra),
  number(row.connections),
  `${number(row.longestTask)} ms`,
];
