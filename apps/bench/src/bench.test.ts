import { expect, it } from 'vitest';
import { bench } from './bench.ts';
import { toMarkdown } from './report/markdown.ts';
import { rowsOf } from './report/report.ts';
import type { Scenario } from './scenarios.ts';
import { createServers } from './server/servers.ts';

const MiB = 1024 ** 2;

it('measures an upload of ours in Chromium, over a link in user space', { timeout: 60_000 }, async () => {
  const scenario: Scenario = {
    id: 'tiny',
    title: 'a tiny one',
    link: { rate: 40e6, roundTrip: 20 },
    files: { count: 1, size: MiB },
    store: { answerDelay: 50, stuckEvery: 0, stuckFor: 0 },
    adapters: ['portage'],
    runs: 1,
  };
  const report = await bench({
    scenarios: [scenario],
    link: 'user-space',
    command: 'a test',
    startServers: createServers,
    ceilings: false,
    log: () => {},
  });

  const [row] = rowsOf(scenario, report.runs);
  expect(row?.failures).toEqual([]);
  expect(report.runs[0]?.counts).toMatchObject({ puts: 1, finished: 1, bytes: MiB, stored: MiB, objects: 1 });
  expect(report.runs[0]?.counts.calls).toEqual({ 'uploads/files/create': 1, 'uploads/files/complete': 1 });
  expect(toMarkdown(report)).toMatch(/^\| Portage \| \d+\.\d \|/m);
});
