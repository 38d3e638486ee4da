/** Figures and tables in text. */
export const mbit = (bitsPerSecond: number) => (bitsPerSecond / 1e6).toFixed(1);
export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
export const times = (factor: number) => `${factor.toFixed(2)} ×`;
export const seconds = (value: number) => `${value.toFixed(1)} s`;
export const number = (value: number) => Math.round(value).toLocaleString('en');

export function bytes(value: number): string {
  if (value >= 1024 ** 3) return `${trim(value / 1024 ** 3)} GiB`;
  if (value >= 1024 ** 2) return `${trim(value / 1024 ** 2)} MiB`;
  if (value >= 1024) return `${trim(value / 1024)} KiB`;
  return `${value} B`;
}

const trim = (value: number) => value.toFixed(1).replace(/\.0$/, '');

/** A Markdown table: the first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
