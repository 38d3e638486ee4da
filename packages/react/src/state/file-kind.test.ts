import { expect, it } from 'vitest';
import { fileKind } from './file-kind.ts';

it.each([
  ['Portrait.JPG', '', 'picture'],
  ['IMG_0001.heic', '', 'picture'],
  ['DSC_1.NEF', '', 'picture'],
  ['scan', 'image/png', 'picture'],
  ['Harbour.mov', 'video/quicktime', 'film'],
  ['Interview.wav', 'audio/wav', 'sound'],
  ['Report.pdf', 'application/pdf', 'pdf'],
  ['download', 'application/pdf', 'pdf'],
  ['Letter.docx', '', 'document'],
  ['Numbers 2026.xlsx', '', 'table'],
  ['book', 'application/vnd.oasis.opendocument.spreadsheet', 'table'],
  ['Backup.tar.gz', 'application/gzip', 'archive'],
  ['main.ts', 'video/mp2t', 'code'],
  ['.env', '', 'other'],
  ['.gitignore', 'text/plain', 'document'],
  ['Floor plan.dwg', '', 'other'],
])('takes %s (%s) for %s', (name, type, kind) => {
  expect(fileKind({ name, type })).toBe(kind);
});
