import type { Outcome } from '@portage/engine';
import { expect, it } from 'vitest';
import { inBatches } from './in-batches.ts';

const ok = (value: string): Outcome<string> => ({ ok: true, value });
const wanted = () => new AbortController().signal;
const LOST = { ok: false, failure: { kind: 'network' } };

/** Batches of letters, each answered in upper case. */
function letters(most = 50) {
  const calls: string[] = [];
  const ask = inBatches<string, string>(
    () => most,
    async (items) => {
      calls.push(items.join(''));
      return items.map((item) => ok(item.toUpperCase()));
    },
  );
  return { ask, calls };
}

it('sends what is asked in the same moment as one call, and answers each', async () => {
  const { ask, calls } = letters();
  // Not all of it in one breath: some has to wait for headers or for code.
  const later = Promise.resolve().then(() => ask('c', wanted()));
  expect(await Promise.all([ask('a', wanted()), ask('b', wanted()), later])).toEqual([ok('A'), ok('B'), ok('C')]);
  expect(await ask('d', wanted())).toEqual(ok('D'));
  expect(calls).toEqual(['abc', 'd']);
});

it('keeps to the most that one call may hold', async () => {
  const { ask, calls } = letters(2);
  await Promise.all([...'abcde'].map((letter) => ask(letter, wanted())));
  expect(calls).toEqual(['ab', 'cd', 'e']);
});

it('leaves out what is no longer wanted', async () => {
  const { ask, calls } = letters();
  const unwanted = new AbortController();
  const answers = [ask('a', unwanted.signal), ask('b', wanted())];
  unwanted.abort();
  expect(await Promise.all(answers)).toEqual([LOST, ok('B')]);
  expect(calls).toEqual(['b']);
});

it('tells at once who asks for what was let go of before', async () => {
  const { ask, calls } = letters();
  expect(await ask('a', AbortSignal.abort())).toEqual(LOST);
  expect(calls).toEqual([]);
});

it('ends the call when nobody waits for it any more, not before', async () => {
  let signal: AbortSignal | undefined;
  let tellBegun = () => {};
  const begun = new Promise<void>((resolve) => {
    tellBegun = resolve;
  });
  const ask = inBatches<string, string>(
    () => 50,
    (items, ofAll) => {
      signal = ofAll;
      tellBegun();
      return new Promise((resolve) => {
        ofAll.addEventListener('abort', () => resolve(items.map(() => ok('late'))));
      });
    },
  );
  const [first, second] = [new AbortController(), new AbortController()];
  const answers = [ask('a', first.signal), ask('b', second.signal)];
  await begun;
  first.abort();
  expect(signal?.aborted).toBe(false);
  second.abort();
  expect(signal?.aborted).toBe(true);
  expect(await Promise.all(answers)).toEqual([LOST, LOST]);
});

it('tells all of a call what it has thrown', async () => {
  const ask = inBatches<string, string>(
    () => 50,
    () => Promise.reject(new TypeError('a bug')),
  );
  const answers = await Promise.allSettled([ask('a', wanted()), ask('b', wanted())]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

it('gathers what comes while enough calls are under way, and sends it together once one is over', async () => {
  const calls: string[] = [];
  const ends: (() => void)[] = [];
  const ask = inBatches<string, string>(
    () => 50,
    async (items) => {
      calls.push(items.join(''));
      await new Promise<void>((resolve) => ends.push(resolve));
      return items.map(ok);
    },
    () => 1,
  );
  const first = ask('a', wanted());
  await expect.poll(() => calls).toEqual(['a']);
  const unwanted = new AbortController();
  const others = ['b', 'c'].map((item) => ask(item, wanted()));
  const left = ask('d', unwanted.signal);
  unwanted.abort();
  ends[0]?.();
  await first;
  await expect.poll(() => calls).toEqual(['a', 'bc']);
  ends[1]?.();
  expect(await Promise.all([...others, left])).toEqual([ok('b'), ok('c'), LOST]);
});
