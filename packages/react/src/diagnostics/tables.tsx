'use client';
import type { Attempt, CallRecord } from '@portage/uppy';
import { type ReactNode, useId, useState } from 'react';
import type { DiagnosticsStrings } from './words.ts';

/** A file may have 10,000 parts: so many rows come at a time. */
const PAGE = 100;

interface Words {
  readonly words: DiagnosticsStrings;
  readonly locale: string;
}

export function AttemptsTable({
  attempts,
  words,
  locale,
}: Words & { readonly attempts: readonly Attempt[] }): ReactNode {
  const seconds = secondsIn(locale);
  const rows = attempts.map(([partNumber, start, , lastByte, end, outcome]) => [
    partNumber.toLocaleString(locale),
    seconds(start),
    seconds(lastByte),
    seconds(end),
    outcome,
  ]);
  return <Table title={words.table} columns={words.columns} rows={rows} words={words} />;
}

export function CallsTable({ calls, words, locale }: Words & { readonly calls: readonly CallRecord[] }): ReactNode {
  const seconds = secondsIn(locale);
  const rows = calls.map(([step, start, duration, outcome, parts]) => [
    parts > 0 ? `${step} × ${parts.toLocaleString(locale)}` : step,
    seconds(start),
    seconds(duration),
    outcome,
  ]);
  return <Table title={words.calls} columns={words.callColumns} rows={rows} words={words} />;
}

function secondsIn(locale: string): (ms: number | null) => string {
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', maximumFractionDigits: 2 });
  return (ms) => (ms === null ? '–' : format.format(ms / 1_000));
}

function Table({
  title,
  columns,
  rows,
  words,
}: {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly words: DiagnosticsStrings;
}): ReactNode {
  const [shown, setShown] = useState(PAGE);
  const titleId = useId();
  if (rows.length === 0) return null;
  return (
    <details className="portage-diagnostics-details">
      <summary id={titleId}>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section className="portage-diagnostics-table" aria-labelledby={titleId} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their place.
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={columns[column]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > shown && (
          <button type="button" className="portage-button" onClick={() => setShown(shown + PAGE)}>
            {words.more}
          </button>
        )}
      </section>
    </details>
  );
}
