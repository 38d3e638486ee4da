/** A scenario's goodput as bars: median, spread, and the link's rate as the end of the scale. */

import type { Run } from '../run.ts';
import type { Scenario } from '../scenarios.ts';
import { mbit } from './format.ts';
import { rowsOf } from './report.ts';

const WIDTH = 760;
const LABELS = 230;
const FIGURES = 60;
const LINE = 26;
const TOP = 34;
const SCALE = WIDTH - LABELS - FIGURES;

/** SVG; undefined where nothing can be drawn: no rate to hold it against, or no run that went well. */
export function toChart(scenario: Scenario, runs: readonly Run[]): string | undefined {
  const { rate } = scenario.link;
  const rows = rowsOf(scenario, runs)
    .flatMap(({ goodput, ...row }) => (goodput ? { ...row, goodput } : []))
    .sort((a, b) => b.goodput.median - a.goodput.median);
  if (rate === 0 || rows.length === 0) return undefined;
  const most = Math.max(rate, ...rows.map(({ goodput }) => goodput.most));
  const x = (value: number) => (LABELS + (value / most) * SCALE).toFixed(1);
  const height = TOP + rows.length * LINE + 10;
  const bars = rows.map(({ adapter, name, goodput }, index) => {
    const y = TOP + index * LINE;
    const middle = y + LINE / 2 - 2;
    const kind = adapter.startsWith('portage')
      ? 'ours'
      : adapter.endsWith('xhr') || adapter.endsWith('xhrs')
        ? 'plain'
        : 'peer';
    return [
      `<text x="${LABELS - 8}" y="${middle + 4}" text-anchor="end">${escapeXml(name)}</text>`,
      `<rect class="${kind}" x="${LABELS}" y="${y}" width="${((goodput.median / most) * SCALE).toFixed(1)}" height="${LINE - 6}" rx="2"/>`,
      `<path class="spread" d="M${x(goodput.least)} ${middle}H${x(goodput.most)}"/>`,
      `<text x="${Number(x(Math.max(goodput.most, goodput.median))) + 6}" y="${middle + 4}">${mbit(goodput.median)}</text>`,
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(scenario.title)}">
<style>
text { font: 13px system-ui, sans-serif; fill: #222 } .title { font-weight: 600 }
.ours { fill: #2563eb } .peer { fill: #94a3b8 } .plain { fill: #cbd5e1 } .spread { stroke: #0f172a; stroke-width: 2 } .link { stroke: #dc2626; stroke-dasharray: 4 3 }
</style>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text class="title" x="${LABELS}" y="18">${escapeXml(scenario.title)}: Mbit/s</text>
<path class="link" d="M${x(rate)} ${TOP - 8}V${height - 6}"/>
${bars.join('\n')}
</svg>
`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);
