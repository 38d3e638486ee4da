import { stat } from 'node:fs/promises';
import { open, type ZipFile } from 'yauzl';
import type { ChildWork } from '../step.ts';
import type { ArchiveOptions, ArchiveResult } from './archive.ts';
import { compressText, isText } from './compress-text.ts';
import { kindOf } from './kind.ts';
import { reading } from './picture.ts';

type Asked = Required<Pick<ArchiveOptions, 'mostEntries' | 'text' | 'leastText'>>;

export const work: ChildWork<Asked, ArchiveResult> = ({ path, folder, file }, { mostEntries, text, leastText }) =>
  reading(async () => {
    const { kind, type } = await kindOf(path, file);
    if (kind === 'zip') return { kind: 'done', result: await list(path, mostEntries) };
    const { size } = await stat(path);
    if (kind !== 'other' || text === false || size < leastText || !(await isText(path)))
      return { kind: 'skipped', why: `It is neither a ZIP nor large text, but ${type || 'of an unknown type'}.` };
    return compressText(path, folder, text);
  });

type Listed = Extract<ArchiveResult, { kind: 'zip' }>;

function list(path: string, most: number): Promise<Listed> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true }, (error: Error | null, zip: ZipFile) => {
      if (error) return reject(error);
      const entries: Listed['entries'][number][] = [];
      const end = () => {
        zip.close();
        resolve({ kind: 'zip', count: zip.entryCount, entries });
      };
      zip.on('error', reject).on('end', end);
      zip.on('entry', ({ fileName, uncompressedSize }) => {
        entries.push({ name: fileName, size: uncompressedSize, isFolder: fileName.endsWith('/') });
        if (entries.length < most) zip.readEntry();
        else end();
      });
      if (most > 0) zip.readEntry();
      else end();
    });
  });
}
