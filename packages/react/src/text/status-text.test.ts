import type { UploadSnapshot } from '@portage/uppy';
import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../stories/scripted-uploads.ts';
import { english } from './english.ts';
import { createFormat } from './format.ts';
import { progressText, statusText } from './status-text.ts';

const format = createFormat('en');
const text = (snapshot: UploadSnapshot, seconds?: number) => statusText(snapshot, english, format, seconds);
const file = { name: 'a', size: 40_000_000 };

describe('the line under the bar', () => {
  it('tells bytes, speed and time left while uploading', () =>
    expect(text(snapshotOf({ ...file, percent: 25, speed: 2_000_000 }, 'uploading'))).toBe(
      '10 MB of 40 MB · 2 MB/s · 15 sec left',
    ));

  it('leaves out what is not known yet', () =>
    expect(text(snapshotOf({ ...file, speed: 0 }, 'uploading'))).toBe('0 bytes of 40 MB'));

  it('says that there is no progress to show, and never 0 %', () => {
    const unseen = snapshotOf({ ...file, speed: 0, unseen: true }, 'uploading');
    expect(text(unseen)).toBe('Uploading, no progress to show');
    expect(progressText(unseen, english, format)).toBe('Uploading, no progress to show');
  });

  it('counts down to the next attempt', () => {
    expect(text(snapshotOf(file, 'retrying'), 5)).toBe('Interrupted, trying again in 5 sec');
    expect(text(snapshotOf(file, 'retrying'))).toBe('Interrupted, trying again');
  });

  it('says where a pause stands', () => {
    expect(text(snapshotOf({ ...file, percent: 43.7 }, 'paused'))).toBe('Paused at 43%');
    expect(text(snapshotOf(file, 'paused'))).toBe('Paused');
  });

  it('has words for every other state', () => {
    for (const status of ['queued', 'offline', 'verifying', 'complete', 'failed', 'canceled'] as const) {
      expect(text(snapshotOf(file, status))).not.toBe('');
    }
  });
});

describe('what the bar says to a screen reader', () => {
  it('is percent and time left', () =>
    expect(progressText(snapshotOf({ ...file, percent: 25, speed: 2_000_000 }, 'uploading'), english, format)).toBe(
      '25%, 15 sec left',
    ));

  it('is percent and state otherwise', () =>
    expect(progressText(snapshotOf({ ...file, percent: 25 }, 'paused'), english, format)).toBe('25%, Paused'));
});
