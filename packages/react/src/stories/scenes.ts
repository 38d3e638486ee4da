import type { SceneFile } from './scripted-uploads.ts';

/** One file in each state. */
export const EVERY_STATE: readonly SceneFile[] = [
  { name: 'Harbour at dawn.mov', size: 1_840_000_000, status: 'uploading', percent: 62, speed: 24_600_000 },
  { name: 'Annual report 2026.pdf', size: 18_300_000, status: 'verifying' },
  { name: 'Site survey.zip', size: 734_000_000, status: 'retrying', percent: 31 },
  { name: 'Interview, uncut.wav', size: 412_000_000, status: 'offline', percent: 78 },
  { name: 'Drone footage.mp4', size: 2_960_000_000, status: 'paused', percent: 43 },
  { name: 'Floor plan.dwg', size: 9_700_000, status: 'queued' },
  { name: 'Portrait.jpg', size: 4_200_000, status: 'complete' },
  {
    name: 'Backup.tar.gz',
    size: 5_100_000_000,
    status: 'failed',
    percent: 12,
    error: {
      code: 'no-progress',
      message: 'The upload made no progress for 15 minutes, because the storage could not be reached.',
      hint: 'Check your connection, then press Retry. What was already sent is kept.',
    },
  },
  { name: 'Draft.docx', size: 86_000, status: 'canceled' },
];

/** Names that break layouts. */
export const HARD_NAMES: readonly SceneFile[] = [
  { name: `${'a-very-long-name-without-a-single-space-'.repeat(6)}final.psd`, status: 'uploading', percent: 50 },
  { name: 'تقرير المبيعات السنوي ٢٠٢٦.xlsx', status: 'complete' },
  { name: '会議の記録 第三四半期 🚢.pptx', status: 'uploading', percent: 8 },
  { name: '.env', size: 0, status: 'complete' },
  { name: '<b>not bold</b> & "quoted".html', size: 1, status: 'paused', percent: 0 },
];

/** A batch in mid-flight. */
export const BATCH: readonly SceneFile[] = Array.from({ length: 24 }, (_, index) => ({
  name: `IMG_${String(2041 + index)}.jpg`,
  size: 5_300_000 + index * 137_000,
  ...(index < 9
    ? { status: 'complete' as const }
    : index < 13
      ? { status: 'uploading' as const, percent: 80 - (index - 9) * 19, speed: 3_100_000 }
      : { status: 'queued' as const }),
}));
