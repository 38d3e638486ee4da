import { expect, it } from 'vitest';
import { ENTRIES, measure } from '../packages/react/scripts/size.mjs';
import { buildStyle } from '../packages/react/scripts/style.mjs';

/** A busy machine may need longer for a build than a test may usually take. In milliseconds. */
const TIMEOUT = 60_000;

it.each(ENTRIES)('$name stays within $budget kB', { timeout: TIMEOUT }, async (entry) => {
  const { initial } = await measure(entry);
  expect(initial).toBeGreaterThan(100);
  expect(initial).toBeLessThanOrEqual(entry.budget * 1000);
});

it('loads with the page neither what signs for S3 nor what only long lists need', { timeout: TIMEOUT }, async () => {
  const [dropIn] = ENTRIES;
  const { later } = await measure(dropIn as (typeof ENTRIES)[number]);
  expect(Object.keys(later).sort()).toEqual(
    [
      '_md',
      'apply-source',
      'avatar',
      'on-page',
      'packs',
      'call-app',
      'compact',
      'companion-backend',
      'composer',
      'controlled-files',
      'diagnostics',
      'direct-backend',
      'error-text',
      'file-data',
      'file-fields',
      'files-panel',
      'folders',
      'gallery',
      'go-on-from-uppy',
      'icons',
      'console-words',
      'inner-aws-s3',
      'item-error-words',
      'item-fields',
      'item-picture',
      'item-processing',
      'keep-awake',
      'kind-icon',
      'late-words',
      'lightbox',
      'move-file',
      'look-inside',
      'progress-ring',
      'recovery',
      'recovery-list',
      'refusals-box',
      'regional',
      'rolldown-runtime',
      'row-fields',
      'sha2',
      'table',
      'tell-ended',
      'thumbnail-worker',
      'unfinished',
      'total',
      'tray',
      'undo',
      'upload-worker',
      'uploader',
      'virtual-list',
      'walk-drop',
      'warn',
      'watch-news',
      'watch-paste',
      'window-drop',
      'with-name',
    ].sort(),
  );
});

it('is one sheet when it is packed, its last word on reduced motion', async () => {
  const sheet = await buildStyle();
  expect(sheet).not.toContain('@import');
  expect(sheet).toContain('.portage-item');
  expect(sheet.lastIndexOf('prefers-reduced-motion:reduce')).toBeGreaterThan(
    sheet.lastIndexOf('transition:border-color'),
  );
});
