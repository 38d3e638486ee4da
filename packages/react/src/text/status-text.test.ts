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
    expect(text(unseen)).toBe('Uploading, progress cannot be shown');
    expect(progressText(unseen, english, format)).toBe('Uploading, progress cannot be shown');
  });

  it('says that what is sent is being passed on, and never how long nothing has left', () => {
    const sent = { ...snapshotOf({ ...file, percent: 99.9, speed: 0 }, 'uploading'), waitsFor: 'storage' } as const;
    expect(text(sent)).toBe('Being passed on to the storage');
    expect(progressText(sent, english, format)).toBe('99%, Being passed on to the storage');
  });

  it('says that the browser asks for a permission, to everybody', () => {
    const asked = { ...snapshotOf({ ...file, speed: 0 }, 'uploading'), waitsFor: 'permission' } as const;
    expect(text(asked)).toBe('Your browser asks whether this page may reach your local network: allow it');
    expect(progressText(asked, english, format)).toBe(text(asked));
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
