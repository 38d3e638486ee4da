import * as portage from '@portage/uppy';
import { expect, it, vi } from 'vitest';
import { droppedFiles } from './dropped-files.ts';

vi.mock('@portage/uppy', { spy: true });

const MB = 1_000_000;

const entryOf = (file: File) => ({ isFile: true, name: file.name, file: (give: (file: File) => void) => give(file) });
const fileOf = (name: string, size: number) => Object.defineProperty(new File([], name), 'size', { value: size });
const transferOf = (...items: object[]) => ({ items: items.map((item) => ({ kind: 'file', ...item })) }) as never;

it('asks where dropped files lie within the event, and remembers it for large ones', async () => {
  const [film, note] = [fileOf('film.mp4', 900 * MB), fileOf('note.txt', 12)];
  const asked: string[] = [];
  const item = (file: File) => ({
    webkitGetAsEntry: () => entryOf(file),
    getAsFile: () => file,
    async getAsFileSystemHandle() {
      asked.push(file.name);
      return { kind: 'file', name: file.name };
    },
  });
  const dropped = droppedFiles(transferOf(item(film), item(note)));
  expect(asked).toEqual(['film.mp4', 'note.txt']);
  expect((await dropped).files).toHaveLength(2);
  expect(vi.mocked(portage.rememberFileHandle).mock.calls).toEqual([[film, { kind: 'file', name: 'film.mp4' }]]);
});

it('finds large files in folders, and takes them also where the handle is refused', async () => {
  vi.mocked(portage.rememberFileHandle).mockClear();
  const film = fileOf('film.mp4', 900 * MB);
  const folder = (getFileHandle: () => Promise<object>) => {
    const batches = [[entryOf(film)], []];
    const createReader = () => ({ readEntries: (give: (batch: object[]) => void) => give(batches.shift() ?? []) });
    return {
      webkitGetAsEntry: () => ({ isFile: false, isDirectory: true, name: 'trip', createReader }),
      getAsFile: () => null,
      getAsFileSystemHandle: async () => ({ kind: 'directory', getFileHandle }),
    };
  };
  const handle = { kind: 'file' };
  const good = await droppedFiles(transferOf(folder(async () => handle)));
  const bad = await droppedFiles(transferOf(folder(() => Promise.reject(new DOMException('no', 'NotAllowedError')))));
  expect(good.files).toEqual([{ file: film, relativePath: 'trip/film.mp4' }]);
  expect(bad.files).toEqual(good.files);
  expect(vi.mocked(portage.rememberFileHandle).mock.calls).toEqual([[film, handle]]);
});
