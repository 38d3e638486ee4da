import type { Attempt, DiagnosticsExport } from '@portage/uppy';
import { expect, it } from 'vitest';
import { cellsOf } from './cells.ts';

const told = (attempts: readonly Attempt[], rest: Partial<DiagnosticsExport> = {}): DiagnosticsExport =>
  ({
    plan: { kind: 'multipart', partSize: 5, parts: 3, held: 0 },
    attempts,
    status: 'uploading',
    ...rest,
  }) as DiagnosticsExport;

const short = (cells: ReturnType<typeof cellsOf>) => cells.map(({ state, sends }) => `${state} ${sends}`);

it('says of each part whether it waits, is sent or is stored, and how often its bytes were sent', () => {
  const diagnostics = told([
    [1, 0, 5, 90, 100, 'stored'],
    [2, 0, 5, null, 50, 'network'],
    [2, 900, 5, null, null, 'open'],
  ]);
  expect(short(cellsOf(diagnostics, []))).toEqual(['stored 1', 'sending 2', 'waiting 0']);
});

it('does not count an attempt that sent nothing', () => {
  const diagnostics = told([
    [1, 0, null, null, 1, 'network'],
    [1, 9, 5, 6, 7, 'stored'],
    // A browser that shows no progress.
    [2, 9, null, null, 7, 'stored'],
  ]);
  expect(short(cellsOf(diagnostics, []))).toEqual(['stored 1', 'stored 1', 'waiting 0']);
});

it('goes on after a reload with what the page before has seen', () => {
  const before = cellsOf(
    told([
      [1, 0, 5, 90, 100, 'stored'],
      [2, 0, 5, null, null, 'open'],
    ]),
    [],
  );
  expect(short(cellsOf(told([[2, 0, 5, null, null, 'open']]), before))).toEqual(['stored 1', 'sending 2', 'waiting 0']);
  // What was stored in the page's last moment shows at the end.
  expect(short(cellsOf(told([], { status: 'complete' }), before))).toEqual(['stored 1', 'stored 1', 'stored 0']);
});

it('does not count what was stored in a data center that the upload has left', () => {
  const moved = told(
    [
      [1, 0, 5, 90, 100, 'stored'],
      [2, 0, 5, 90, 100, 'stored'],
      [1, 900, 5, 90, 100, 'stored'],
    ],
    {
      calls: [
        ['create', 0, 10, 'ok', 0],
        ['create', 800, 10, 'ok', 0],
      ],
      region: { name: 'west', why: 'others-down', left: ['east'], all: {}, probes: 0 },
    },
  );
  const before = cellsOf(told([[3, 0, 5, 90, 100, 'stored']]), []);
  expect(short(cellsOf(moved, before))).toEqual(['stored 2', 'waiting 1', 'waiting 1']);
});

it('has no parts before the file is cut', () => {
  expect(cellsOf(told([], { plan: undefined }), [])).toEqual([]);
});
