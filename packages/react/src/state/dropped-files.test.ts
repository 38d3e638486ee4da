import { expect, it } from 'vitest';
import { droppedFiles } from './dropped-files.ts';

type Tree = { readonly [name: string]: Tree | 'file' | 'unreadable' };

/** A drop as the browser hands it over, folders in batches of two. */
function dropOf(tree: Tree): DataTransfer {
  const items = Object.entries(tree).map(([name, node]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(name, node),
    getAsFile: () => null,
  }));
  return { items: [...items, { kind: 'string' }] } as unknown as DataTransfer;
}

function entryOf(name: string, node: Tree[string]): unknown {
  if (typeof node === 'string') {
    const file = (resolve: (file: File) => void, reject: (error: Error) => void): void =>
      node === 'file' ? resolve(new File(['x'], name)) : reject(new Error('NotReadableError'));
    return { name, isFile: true, isDirectory: false, file };
  }
  const createReader = () => {
    const rest = Object.entries(node).map(([child, childNode]) => entryOf(child, childNode));
    return { readEntries: (resolve: (entries: unknown[]) => void) => resolve(rest.splice(0, 2)) };
  };
  return { name, isFile: false, isDirectory: true, createReader };
}

const paths = async (tree: Tree) => {
  const { files, unreadable } = await droppedFiles(dropOf(tree));
  return { files: files.map(({ file, relativePath }) => relativePath ?? file.name), unreadable };
};

it('takes files as they are', async () =>
  expect(await paths({ 'a.txt': 'file', 'b.txt': 'file' })).toEqual({ files: ['a.txt', 'b.txt'], unreadable: [] }));

it('walks through folders and keeps the paths', async () =>
  expect(
    await paths({ holiday: { 'a.jpg': 'file', 'b.jpg': 'file', 'c.jpg': 'file', day1: { 'd.jpg': 'file' } } }),
  ).toEqual({
    files: ['holiday/a.jpg', 'holiday/b.jpg', 'holiday/c.jpg', 'holiday/day1/d.jpg'],
    unreadable: [],
  }));

it('tells what could not be read, and keeps the rest', async () =>
  expect(await paths({ folder: { 'a.jpg': 'file', 'bad.jpg': 'unreadable', 'c.jpg': 'file' } })).toEqual({
    files: ['folder/a.jpg', 'folder/c.jpg'],
    unreadable: ['folder/bad.jpg'],
  }));

it('takes what tests of apps drop: files without items, or items that are no entries', async () => {
  const file = new File(['x'], 'a.txt');
  const names = async (dropped: object) =>
    (await droppedFiles(dropped as DataTransfer)).files.map((one) => one.file.name);
  expect(await names({ files: [file] })).toEqual(['a.txt']);
  expect(await names({ files: [file], items: [] })).toEqual(['a.txt']);
  expect(await names({ files: [file], items: [{ kind: 'file', getAsFile: () => file }] })).toEqual(['a.txt']);
});
