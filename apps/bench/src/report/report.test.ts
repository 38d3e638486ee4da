import { describe, expect, it } from 'vitest';
import type { Run } from '../run.ts';
import { type AdapterName, type Scenario, scenarios } from '../scenarios.ts';
import { checkBars } from './bars.ts';
import { toChart } from './chart.ts';
import { bytes, table } from './format.ts';
import { toMarkdown } from './markdown.ts';
import { type Report, rowsOf } from './report.ts';

const MiB = 1024 ** 2;

function scenario(id: string, adapters: readonly AdapterName[]): Scenario {
  const found = scenarios(false).find((each) => each.id === id);
  if (!found) throw new TypeError(`no scenario ${id}`);
  return { ...found, files: { count: 1, size: 10 * MiB }, adapters };
}

function run(of: Scenario, adapter: AdapterName, mbit: number, more: Partial<Run> = {}): Run {
  const size = of.files.size;
  return {
    scenario: of.id,
    adapter,
    goodput: mbit * 1e6,
    milliseconds: (size * 8) / (mbit * 1000),
    longestTask: 0,
    longTasks: 0,
    load: 1,
    counts: {
      options: 2,
      puts: 2,
      finished: 2,
      bytes: size,
      padding: 0,
      medianPut: 5 * MiB,
      largestPut: 5 * MiB,
      others: 2,
      stuck: 0,
      connections: 3,
      carriers: 0,
      objects: 1,
      stored: size,
      since: 0,
      timelineStep: 100,
      calls: { 'uploads/files/create': 1, 'uploads/files/complete': 1 },
    },
    ...more,
  };
}

function report(of: Scenario, runs: readonly Run[]): Report {
  return {
    startedAt: '2026-01-01T00:00:00.000Z',
    seconds: 60,
    command: 'npm run bench',
    machine: { cpu: 'CPU', cores: 2, memory: 8 * 1024 ** 3, kernel: 'Linux', node: '20', browser: 'Chromium 1' },
    link: { kind: 'kernel', description: 'a wire' },
    ceilings: { loopback: 5e9, link: 1e9 },
    versions: ['peer 1.0.0'],
    scenarios: [of],
    runs,
  };
}

describe('the rows of a scenario', () => {
  const city = scenario('1', ['portage', 'six-xhrs', 'one-xhr']);
  const runs = [
    run(city, 'portage', 80),
    run(city, 'portage', 90),
    run(city, 'portage', 88),
    run(city, 'six-xhrs', 80),
    run(city, 'one-xhr', 96),
  ];

  it('hold a median against the link and against the better ceiling', () => {
    const [ours] = rowsOf(city, runs);
    expect(ours?.goodput).toEqual({ median: 88e6, least: 80e6, most: 90e6 });
    expect(ours?.ofLink).toBeCloseTo(0.88);
    expect(ours?.ofCeiling).toBeCloseTo(88 / 96);
    expect(ours).toMatchObject({ options: 2, puts: 2, calls: 2, extra: 0 });
  });

  it('leave a failed run out of the goodput, and tell of it', () => {
    const failed = run(city, 'portage', 0, { error: 'no bytes', goodput: 0 });
    const [ours] = rowsOf(city, [...runs, failed]);
    expect(ours?.goodput?.median).toBe(88e6);
    expect(ours?.failures).toEqual(['no bytes']);
    const [alone] = rowsOf(city, [failed]);
    expect(alone?.goodput).toBeUndefined();
    expect(toMarkdown(report(city, [failed]))).toContain('* Portage failed: no bytes');
  });

  it('have no ratio to a ceiling that did not run', () => {
    expect(rowsOf(city, [run(city, 'portage', 80)])[0]?.ofCeiling).toBeUndefined();
  });

  it('are drawn as bars, with the link as a line', () => {
    const chart = toChart(city, runs);
    expect(chart?.match(/<rect class="ours"/g)).toHaveLength(1);
    expect(chart?.match(/<rect class="plain"/g)).toHaveLength(2);
    expect(chart).toContain('100 Mbit/s, 80 ms: Mbit/s');
    expect(toChart({ ...city, link: { rate: 0, roundTrip: 0 } }, runs)).toBeUndefined();
  });
});

describe('the bars', () => {
  const bars = (id: string, adapters: readonly AdapterName[], runs: (of: Scenario) => Run[]) => {
    const of = scenario(id, adapters);
    return checkBars(report(of, runs(of))).map(({ row, measured, reached }) => [row, measured, reached]);
  };

  it('judge only what was measured', () => {
    expect(bars('1', ['portage'], (of) => [run(of, 'portage', 95)])).toEqual([['1', '95.0 %', true]]);
    expect(bars('1', ['uppy6'], (of) => [run(of, 'uppy6', 40)])).toEqual([]);
  });

  it('hold ours against a peer of the same benchmark', () => {
    const both = (of: Scenario) => [run(of, 'portage', 60), run(of, 'uppy6', 40)];
    expect(bars('1', ['portage', 'uppy6'], both)).toEqual([
      ['1', '60.0 %', false],
      ['1', '1.50 ×', false],
    ]);
  });

  it('compare the slow loads of a page, not the usual ones', () => {
    const idle = [100, 100, 100];
    const beside = [100, 100, 300];
    const found = bars('3', ['portage'], (of) => [run(of, 'portage', 19, { pageLoads: { idle, beside } })]);
    expect(found).toEqual([['3', '2.80 ×', false]]);
  });

  it('take a link that never filled again for the worst', () => {
    const recoveries = [{ rate: 10e6, seconds: 2 }, { rate: 100e6 }];
    const found = bars('4', ['portage'], (of) => [run(of, 'portage', 50, { recoveries })]);
    expect(found).toEqual([['4', 'never', false]]);
  });

  it('say nothing of stuck answers where none was stuck', () => {
    const measured = (stuck: number) =>
      bars('5', ['portage'], (of) => {
        const one = run(of, 'portage', 90);
        return [{ ...one, counts: { ...one.counts, stuck } }];
      });
    expect(measured(0)).toEqual([]);
    expect(measured(1)).toEqual([['5', '0.0 %', true]]);
  });

  it('count calls that give signatures, and allow for the last batch', () => {
    const measured = (puts: number, sign: number) =>
      bars('6', ['portage'], (of) => {
        const one = run(of, 'portage', 900);
        const calls = { 'uploads/files/create': 1, 'uploads/files/sign': sign, 'uploads/files/complete': 1 };
        return [{ ...one, counts: { ...one.counts, puts, calls } }];
      });
    expect(measured(1000, 15)).toEqual([['6', '1.00 ×', true]]);
    expect(measured(1000, 19)).toEqual([['6', '1.25 ×', false]]);
    expect(measured(100, 1)).toEqual([['6', '1.00 ×', true]]);
  });
});

describe('text', () => {
  it('keeps a cell with a bar in it in one cell', () => {
    expect(table(['a', 'b'], [['x|y', '1']])).toBe('| a | b |\n| --- | ---: |\n| x\\|y | 1 |');
  });

  it('takes the unit that fits', () => {
    expect([bytes(100), bytes(100_000), bytes(8 * MiB), bytes(1.5 * 1024 ** 3)]).toEqual([
      '100 B',
      '97.7 KiB',
      '8 MiB',
      '1.5 GiB',
    ]);
  });

  it('warns where the machine was busy', () => {
    const city = scenario('1', ['portage']);
    expect(toMarkdown(report(city, [run(city, 'portage', 90)]))).not.toContain('do not trust');
    expect(toMarkdown(report(city, [run(city, 'portage', 90, { load: 2.5 })]))).toContain('do not trust times');
  });
});
