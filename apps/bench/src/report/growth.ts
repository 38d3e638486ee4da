/** The table of what grows, for scenarios in which the browser's footprint was watched. */
import { bytes, number, table } from './format.ts';
import { type Report, rowsOf } from './report.ts';

/** Markdown; undefined where nothing was watched. */
export function growthTable(report: Report): string | undefined {
  const rows = report.scenarios.flatMap((scenario) =>
    rowsOf(scenario, report.runs).flatMap(({ name, runs }) =>
      runs.flatMap(({ footprint, milliseconds, counts, error }) => {
        if (!footprint) return [];
        const { before, most, cpu } = footprint;
        const unit = scenario.files.count > 1 ? scenario.files.count : counts.puts;
        return [
          [
            scenario.title,
            error === undefined ? name : `${name}: ${error}`,
            bytes(scenario.files.count * scenario.files.size),
            number(counts.puts),
            bytes(before),
            bytes(most),
            bytes(most - before),
            `${cpu.toFixed(1)} s`,
            `${((cpu * 1000) / Math.max(1, unit)).toFixed(2)} ms`,
            `${(milliseconds / 1000).toFixed(1)} s`,
          ],
        ];
      }),
    ),
  );
  if (rows.length === 0) return undefined;
  return table(
    ['', 'uploader', 'sent', 'PUTs', 'memory before', 'at the most', 'grown by', 'CPU', 'CPU a PUT', 'time'],
    rows,
  );
}
