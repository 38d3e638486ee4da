'use client';
import type { Diagnostics } from '@portage/uppy';
import { type ReactNode, useId } from 'react';
import type { Format } from '../text/format.ts';
import { type Chart, LINE_HEIGHT, type Mark, markOf } from './chart.ts';
import type { DiagnosticsStrings } from './words.ts';

interface PlotsProps {
  readonly chart: Chart;
  readonly diagnostics: Diagnostics;
  readonly words: DiagnosticsStrings;
  readonly format: Format;
}

const MARKS: readonly Mark[] = ['stored', 'open', 'stopped', 'stalled', 'failed'];

/** Three plots over the same time. No text is inside of them, so that they can be turned around from right to left. */
export function Plots({ chart, diagnostics, words, format }: PlotsProps): ReactNode {
  const { width, height, lines } = chart;
  const hatch = useId();
  const seen = MARKS.filter((mark) => diagnostics.attempts.some((attempt) => markOf(attempt[5]) === mark));
  const gaps = [...new Set(chart.gaps.map(({ status }) => status))];
  return (
    <>
      <figure>
        <figcaption>
          {words.attempts}
          <Legend kinds={[...seen, ...gaps]} words={words} />
        </figcaption>
        <Plot width={width} height={height}>
          <defs>
            <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0V5" className="portage-plot-hatch" />
            </pattern>
          </defs>
          <Gaps chart={chart} height={height} />
          <path d={chart.waits} className="portage-plot-wait" />
          {seen.map((mark) => (
            <path
              key={mark}
              d={chart.bars[mark]}
              className="portage-plot-bar"
              data-mark={mark}
              style={mark === 'failed' || mark === 'stalled' ? { fill: `url(#${hatch})` } : undefined}
            />
          ))}
          <path d={chart.crosses} className="portage-plot-cross" />
          <path d={chart.diamonds} className="portage-plot-diamond" />
        </Plot>
        <div className="portage-plot-axis">
          <span>0</span>
          <span>{format.duration(diagnostics.duration / 1_000)}</span>
        </div>
      </figure>
      <figure>
        <figcaption>{words.speed(format.speed(chart.topSpeed))}</figcaption>
        <Plot width={width} height={LINE_HEIGHT}>
          <Gaps chart={chart} height={LINE_HEIGHT} />
          <path d={lines.speed} className="portage-plot-line" />
        </Plot>
      </figure>
      <figure>
        <figcaption>
          {words.window(format.number(chart.topWindow))}
          <span className="portage-plot-legend">
            <span>
              <Sample className="portage-plot-line" path="M0 6H16" /> {words.inFlight}
            </span>
            <span>
              <Sample className="portage-plot-line portage-plot-dashed" path="M0 6H16" /> {words.windowSize}
            </span>
          </span>
        </figcaption>
        <Plot width={width} height={LINE_HEIGHT}>
          <path d={lines.inFlight} className="portage-plot-line" />
          <path d={lines.window} className="portage-plot-line portage-plot-dashed" />
        </Plot>
      </figure>
    </>
  );
}

/** Hidden from screen readers: the words above it and the tables below it say the same. */
function Plot({
  width,
  height,
  children,
}: {
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <svg
      className="portage-plot"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

function Gaps({ chart, height }: { readonly chart: Chart; readonly height: number }): ReactNode {
  return chart.gaps.map(({ status, x, width }) => (
    <rect key={x} x={x} y="0" width={width} height={height} className="portage-plot-gap" data-status={status} />
  ));
}

const SAMPLES: Readonly<Record<Mark | 'paused' | 'offline', string>> = {
  stored: 'M0 1H16V11H0Z',
  open: 'M0 1H16V11H0Z',
  stopped: 'M1 1H15V11H1Z',
  stalled: 'M3 6l5 -5l5 5l-5 5Z',
  failed: 'M4 2l8 8m0 -8l-8 8',
  paused: 'M0 0H16V12H0Z',
  offline: 'M0 0H16V12H0Z',
};

function Legend({
  kinds,
  words,
}: {
  readonly kinds: readonly (Mark | 'paused' | 'offline')[];
  readonly words: DiagnosticsStrings;
}): ReactNode {
  return (
    <span className="portage-plot-legend">
      {kinds.map((kind) => (
        <span key={kind}>
          <Sample className={classOf(kind)} kind={kind} path={SAMPLES[kind]} /> {words.marks[kind]}
        </span>
      ))}
    </span>
  );
}

function classOf(kind: Mark | 'paused' | 'offline'): string {
  if (kind === 'failed') return 'portage-plot-cross';
  if (kind === 'stalled') return 'portage-plot-diamond';
  return kind === 'paused' || kind === 'offline' ? 'portage-plot-gap' : 'portage-plot-bar';
}

function Sample(props: { readonly className: string; readonly path: string; readonly kind?: string }): ReactNode {
  return (
    <svg viewBox="0 0 16 12" width="16" height="12" aria-hidden="true" focusable="false">
      <path d={props.path} className={props.className} data-mark={props.kind} data-status={props.kind} />
    </svg>
  );
}
