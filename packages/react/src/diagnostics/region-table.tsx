'use client';
import type { DiagnosticsExport } from '@portage/uppy';
import { type ReactNode, useId } from 'react';
import type { Format } from '../text/format.ts';
import type { RegionWords } from './region-words.ts';

interface RegionTableProps {
  readonly region: NonNullable<DiagnosticsExport['region']>;
  readonly words: RegionWords;
  readonly format: Format;
  readonly locale: string;
}

/** Which region a file went to, why, and what each of them would have taken. */
export function RegionTable({ region, words, format, locale }: RegionTableProps): ReactNode {
  const titleId = useId();
  const { name, why, left, all, probes } = region;
  const trip = new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 });
  const leftOnes = new Intl.ListFormat(locale).format(left);
  const [of, roundTrip, estimate] = words.columns;
  return (
    <div>
      <p id={titleId} className="portage-diagnostics-title">
        {words.title}
      </p>
      <p>
        {words.chosen(name, words.why[why])} {left.length > 0 && `${words.left(leftOnes)} `}
        {words.probes(format.number(probes))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section className="portage-diagnostics-table" aria-labelledby={titleId} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              <th scope="col">{roundTrip}</th>
              <th scope="col">{estimate}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(all).map(([each, took]) => (
              <tr key={each} data-chosen={each === name ? '' : undefined}>
                <th scope="row">{each}</th>
                <td>{took.roundTrip === null ? '–' : trip.format(took.roundTrip)}</td>
                <td>{took.estimate === null ? '–' : format.duration(took.estimate / 1_000)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
