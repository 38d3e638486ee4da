import { open, type ZipFile } from 'yauzl';
import type { ChildWork } from '../step.ts';
import type { ArchiveResult } from './archive.ts';
import { kindOf } from './kind.ts';
import { reading } from './picture.ts';

export const work: ChildWork<{ mostEntries: number }, ArchiveResult> = ({ path, file }, { mostEntries }) =>
  reading(async () => {
    const { kind, type } = await kindOf(path, file);
    if (kind !== 'zip') return { kind: 'skipped', why: `It is no ZIP, but ${type || 'of an unknown type'}.` };
    return { kind: 'done', result: await list(path, mostEntries) };
  });

function list(path: string, most: number): Promise<ArchiveResult> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true }, (error: Error | null, zip: ZipFile) => {
      if (error) return reject(error);
      const entries: ArchiveResult['entries'][number][] = [];
      const end = () => {
        zip.close();
        resolve({ count: zip.entryCount, entries });
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
