'use client';
import type { Diagnostics, DiagnosticsExport } from '@portage/uppy';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { classNames } from '../components/class-names.ts';
import { createFormat } from '../text/format.ts';
import { chartOf } from './chart.ts';
import { CopyButton } from './copy-button.tsx';
import { Plots } from './plots.tsx';
import { RegionTable } from './region-table.tsx';
import { regionWordsIn } from './region-words.ts';
import { AttemptsTable, CallsTable } from './tables.tsx';
import { useWidth } from './use-width.ts';
import { type DiagnosticsStrings, englishDiagnostics } from './words.ts';

export interface DiagnosticsViewProps {
  /** As `exportDiagnostics` gave them, here or on the page of someone who asked for help. */
  readonly diagnostics: Diagnostics & Pick<DiagnosticsExport, 'region'>;
  /** BCP 47 tag for numbers and units. @default 'en' */
  readonly locale?: string | undefined;
  readonly strings?: Partial<DiagnosticsStrings> | undefined;
  readonly className?: string | undefined;
}

/** Diagnostics drawn, in words and as tables. Needs no `Upload.Root`. */
export function DiagnosticsView({ diagnostics, locale = 'en', strings, className }: DiagnosticsViewProps): ReactNode {
  const words = useMemo(
    () => ({ ...englishDiagnostics, regions: regionWordsIn(locale), ...strings }),
    [strings, locale],
  );
  const format = useMemo(() => createFormat(locale), [locale]);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const width = useWidth(element);
  const chart = useMemo(() => chartOf(diagnostics, width), [diagnostics, width]);
  const titleId = useId();
  const { totals, file, plan, duration, region, alone } = diagnostics;
  const times = (count: number): string | undefined => (count > 0 ? format.number(count) : undefined);
  const isWell = totals.retries + totals.beside + totals.parked + totals.bytesLost === 0;
  return (
    <section aria-labelledby={titleId} className={classNames('portage-diagnostics', className)}>
      <div className="portage-diagnostics-head">
        <p id={titleId} className="portage-diagnostics-title">
          {words.title}
        </p>
        <CopyButton diagnostics={diagnostics} words={words} />
      </div>
      <p>
        {words.summary({
          size: format.bytes(file.size),
          parts: format.number(plan?.parts ?? 1),
          duration: format.duration(duration / 1_000),
          attempts: format.number(totals.attempts),
          lanes: format.number(chart.lanes),
          preflights: format.number(totals.preflights),
        })}{' '}
        {isWell
          ? words.allWell
          : words.trouble({
              retries: times(totals.retries),
              beside: times(totals.beside),
              parked: times(totals.parked),
              lost: format.bytes(totals.bytesLost),
            })}
        {alone === null && ` ${words.inPack}`}
        {/* At once is no detour. */}
        {alone ? ` ${words.leftPack(format.duration(alone / 1_000))}` : ''}
      </p>
      <div ref={setElement}>
        <Plots chart={chart} diagnostics={diagnostics} words={words} format={format} />
      </div>
      {region && <RegionTable region={region} words={words.regions} format={format} locale={locale} />}
      <AttemptsTable attempts={diagnostics.attempts} words={words} locale={locale} />
      <CallsTable calls={diagnostics.calls} words={words} locale={locale} />
    </section>
  );
}
