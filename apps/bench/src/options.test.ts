import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(args, 'results');

describe('the command line', () => {
  it('runs every scenario where none is named', () => {
    expect(read().scenarios.map(({ id }) => id)).toEqual(['1', '2', '2b', '3', '4', '5', '6', '8', '9']);
  });

  it('picks scenarios, uploaders and runs', () => {
    const [first, ...others] = read('--only', '2b', '--adapters', 'portage,one-xhr', '--runs', '5').scenarios;
    expect(first).toMatchObject({ id: '2b', adapters: ['portage', 'one-xhr'], runs: 5 });
    expect(others).toEqual([]);
  });

  it('scales the size of one file, or the number of many', () => {
    const [one, many] = read('--only', '1,8', '--scale', '0.5').scenarios;
    expect(one?.files).toEqual({ count: 1, size: 56 * 1024 ** 2 });
    expect(many?.files).toEqual({ count: 50, size: 100_000 });
  });

  it('says what there is where it is asked for something else', () => {
    expect(() => read('--only', '12')).toThrow('There is no scenario 12; there are 1, 2, 2b');
    expect(() => read('--adapters', 'tus')).toThrow('There is no adapter tus');
    expect(() => read('--runs', 'many')).toThrow('--runs must be a number above 0');
    expect(() => read('--link', 'satellite')).toThrow('--link is kernel or user-space');
  });
});
