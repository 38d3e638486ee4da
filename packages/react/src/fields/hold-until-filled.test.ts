import { Uppy } from '@uppy/core';
import { expect, it } from 'vitest';
import { askedFields } from '../state/file-fields.ts';
import { holdUntilFilled, missingFields } from './hold-until-filled.ts';

const FIELDS = [
  { name: 'alt', label: 'Alt', required: true },
  { name: 'note', label: 'Note' },
];

it('misses what is required and empty, blanks included', () => {
  const missing = (meta: object) => missingFields(FIELDS, meta as Record<string, unknown>).map(({ name }) => name);
  expect([missing({}), missing({ alt: '  ' }), missing({ alt: 'a' }), missing({ alt: 0 })]).toEqual([
    ['alt'],
    ['alt'],
    [],
    [],
  ]);
});

function setUp() {
  const uppy = new Uppy();
  askedFields(uppy).set({ fields: FIELDS, waiting: new Set() });
  const add = (name: string) => uppy.addFile({ name, data: new Blob([name]) });
  const ids = [add('a'), add('b')];
  let isOver = false;
  const held = holdUntilFilled(uppy)(ids).then(() => {
    isOver = true;
  });
  const waiting = () => [...askedFields(uppy).get().waiting];
  return { uppy, ids, held, waiting, isOver: () => isOver };
}

it('holds files until each has it, and says which one waits', async () => {
  const { uppy, ids, held, waiting, isOver } = setUp();
  const [a = '', b = ''] = ids;
  expect(waiting()).toEqual([a, b]);
  uppy.setFileMeta(a, { alt: 'A lake' });
  expect(waiting()).toEqual([b]);
  await Promise.resolve();
  expect(isOver()).toBe(false);
  uppy.setFileMeta(b, { alt: 'A hill' });
  await held;
  expect(waiting()).toEqual([]);
});

it('lets go where the files are gone, or nothing is asked any more', async () => {
  const first = setUp();
  first.uppy.removeFiles([...first.ids]);
  await first.held;
  expect(first.waiting()).toEqual([]);
  const second = setUp();
  askedFields(second.uppy).set({ ...askedFields(second.uppy).get(), fields: [] });
  await second.held;
  expect(second.waiting()).toEqual([]);
});
