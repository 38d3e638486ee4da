import { describe, expect, it } from 'vitest';
import { createWorld, MiB, settle } from '../../test/world.ts';
import { type AttemptState, toGiveUp } from './attempt-watch.ts';
import { lateResponse, learnResponse, NO_RESPONSES, timeoutsFor } from './timeouts.ts';

describe('a silent attempt', () => {
  it('gets a second one beside it, and the first response of the two wins', async () => {
    for (const winner of [0, -1]) {
      const world = createWorld();
      const file = world.start('a', 10 * MiB);
      await settle();
      await world.sent[1]?.succeed();
      await world.clock.pass(29_000);
      expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2]);
      await world.clock.pass(2_000);
      expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 1]);
      expect(world.inFlight()).toHaveLength(2);
      await world.sent.at(winner)?.succeed();
      expect(world.inFlight()).toEqual([]);
      expect(file.now.status).toBe('complete');
      expect(world.clock.pending).toBe(0);
    }
  });

  it('that moves again before a request may start stays the only one', async () => {
    const world = createWorld({ concurrency: 2 });
    const file = world.start('a', 15 * MiB);
    await settle();
    await world.clock.pass(25_000);
    world.sent[1]?.progress(MiB);
    await world.clock.pass(6_000);
    world.sent[0]?.progress(MiB);
    await world.sent[1]?.succeed();
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3]);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it('goes on alone when the one beside it fails, and the part is only sent anew when both have', async () => {
    const world = createWorld();
    world.start('a', 5 * MiB + 1);
    await settle();
    await world.sent[1]?.succeed();
    await world.clock.pass(31_000);
    await world.sent[2]?.fail({ kind: 'network' });
    expect(world.inFlight().map((part) => part.partNumber)).toEqual([1]);
    await world.clock.pass(1_000);
    expect(world.sent).toHaveLength(3);
    await world.sent[0]?.fail({ kind: 'network' });
    await world.clock.pass(1_000);
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 1, 1]);
  });

  it('is given up with its older twin where both are silent', async () => {
    const world = createWorld();
    const file = world.start('a', 5 * MiB);
    await settle();
    await world.clock.pass(31_000);
    expect(world.sent).toHaveLength(2);
    await world.clock.pass(31_000);
    expect(world.sent.map((part) => part.aborted)).toEqual([true, false, false]);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it('has each later attempt take no open connection for alive, and those of a host that answers again do', async () => {
    const world = createWorld();
    world.start('a', 10 * MiB);
    await settle();
    await world.sent[1]?.fail({ kind: 'network' });
    await world.clock.pass(1_000);
    await world.sent[2]?.succeed();
    await world.clock.pass(30_000);
    expect(world.sent.map((part) => part.afterSilence)).toEqual([false, false, false, true]);
    await world.sent[3]?.succeed();
    world.start('b', MiB);
    await settle();
    expect(world.sent.at(-1)?.afterSilence).toBe(false);
  });

  it('costs one attempt at a time where no request may start: a link that became slow loses next to nothing', async () => {
    const world = createWorld();
    const file = world.start('a', 50 * MiB);
    await settle();
    for (const part of world.inFlight()) part.progress(MiB);
    await world.clock.pass(43_000);
    expect(world.sent.filter((part) => part.aborted)).toHaveLength(1);
    for (const part of world.inFlight()) part.progress(MiB + 1);
    await world.drain();
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3, 4, 5, 6, 1, 7, 8, 9, 10]);
    expect(file.now.status).toBe('complete');
  });

  it('costs no more than a share where every connection is dead without a word and new ones work', async () => {
    const world = createWorld();
    const file = world.start('a', 50 * MiB);
    await settle();
    const dead = world.inFlight();
    for (const part of dead) part.progress(MiB);
    let seconds = 0;
    for (; file.ends.length === 0 && seconds < 120; seconds += 1) {
      for (const part of world.inFlight()) if (!dead.includes(part)) await part.succeed();
      await world.clock.pass(1_000);
    }
    expect(file.now.status).toBe('complete');
    expect(seconds).toBeLessThan(40);
    expect(world.sent.length).toBe(16);
  });
});

it('is parked soon, not sent beside, where the device has no network; one that still moves is left alone', async () => {
  const world = createWorld();
  const file = world.start('a', 10 * MiB);
  await settle();
  world.online = false;
  await world.clock.pass(2_000);
  expect(world.inFlight()).toHaveLength(2);
  world.sent[1]?.progress(MiB);
  await world.clock.pass(2_000);
  expect(world.inFlight().map((part) => part.partNumber)).toEqual([2]);
  await world.clock.pass(2_000);
  expect(file.now.status).toBe('offline');
  expect(world.inFlight()).toEqual([]);
  const before = world.sent.length;
  world.online = true;
  await world.wake();
  expect(world.sent).toHaveLength(before + 2);
  await world.drain();
  expect(file.now.status).toBe('complete');
});

describe('a page that was asleep', () => {
  /** Timers come first, as they do in Chromium; then what the network has brought. */
  async function asleep(ms: number, online = true) {
    const world = createWorld({ lifetime: 86_400_000 });
    const file = world.start('a', 20 * MiB);
    await settle();
    for (const part of world.inFlight()) part.progress(5 * MiB);
    world.online = online;
    world.clock.time += ms;
    await world.clock.pass(0);
    return { world, file };
  }

  it.each([
    ['for less than the longest timeout', 60_000, true],
    ['for longer', 3_600_000, true],
    ['and wakes up without a network', 3_600_000, false],
  ])('%s hears of the responses that came meanwhile, and sends nothing again', async (_, ms, online) => {
    const { world, file } = await asleep(ms, online);
    for (const part of world.inFlight()) await part.succeed();
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3, 4]);
    expect(file.now.status).toBe('complete');
    expect(world.clock.pending).toBe(0);
  });

  it('takes what stays silent for what it is, a moment later', async () => {
    const { world, file } = await asleep(3_600_000);
    await world.clock.pass(2_000);
    expect(world.sent.length).toBeGreaterThan(4);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });
});

describe('a late response', () => {
  it('that came in time, to a page which was busy, is not late', async () => {
    const world = createWorld({ signedAhead: 64 });
    const file = world.start('a', 55 * MiB);
    await settle();
    for (let i = 0; i < 10; i += 1) {
      const [part] = world.inFlight();
      part?.progress(5 * MiB);
      await world.clock.pass(200);
      await part?.succeed();
    }
    const [last] = world.inFlight();
    last?.progress(5 * MiB);
    world.clock.time += 1_500;
    await world.clock.pass(0);
    await last?.succeed();
    expect(world.sent).toHaveLength(11);
    expect(file.now.status).toBe('complete');
  });

  it('is not waited for once it is known how long responses take, for one part in a hundred and one more', async () => {
    const world = createWorld({ concurrency: 2, signedAhead: 64 });
    world.start('a', 1000 * MiB);
    await settle();
    let stuck = 0;
    for (let i = 0; i < 100; i += 1) {
      const [part, other] = world.inFlight();
      part?.progress(5 * MiB);
      await world.clock.pass(200);
      if (i >= 20 && i % 10 === 0) {
        stuck += 1;
        await world.clock.pass(1_500);
        // There is room for a second attempt, if that is wanted.
        await other?.succeed();
      }
      await part?.succeed();
    }
    const numbers = world.sent.map((part) => part.partNumber);
    expect(stuck).toBe(8);
    expect(numbers.length - new Set(numbers).size).toBe(2);
  });

  it('is waited for where to send the part again takes longer, as long as the others are busy', async () => {
    const world = createWorld({ concurrency: 2, signedAhead: 64 });
    world.start('a', 110 * MiB);
    await settle();
    for (let i = 0; i < 10; i += 1) {
      const [one, other] = world.inFlight();
      await world.clock.pass(9_000);
      for (const part of [one, other]) part?.progress(5 * MiB);
      await world.clock.pass(200);
      for (const part of [one, other]) await part?.succeed();
    }
    const [stuck, last] = world.inFlight();
    await world.clock.pass(9_000);
    stuck?.progress(5 * MiB);
    last?.progress(4 * MiB);
    await world.clock.pass(8_000);
    expect(world.sent).toHaveLength(22);
    await last?.succeed();
    await world.clock.pass(1_000);
    expect(world.sent.slice(22).map((part) => part.partNumber)).toEqual([21]);
    await world.drain();
    expect(world.clock.pending).toBe(0);
  });

  it('is later than nearly all before it', () => {
    let answers = NO_RESPONSES;
    for (let i = 0; i < 7; i += 1) answers = learnResponse(answers, 200, 8);
    expect(lateResponse(answers, 8)).toBeUndefined();
    for (let i = 0; i < 7; i += 1) answers = learnResponse(answers, 200, 7);
    expect(lateResponse(answers, 8)).toBe(1_000);
    expect(lateResponse(answers, 9), 'of a longer body nothing is known').toBeUndefined();
    for (let i = 0; i < 50; i += 1) answers = learnResponse(answers, 4_000, 8);
    expect(lateResponse(answers, 8)).toBeGreaterThan(7_000);
  });
});

describe('which attempt is given up', () => {
  const attempt = (partNumber: number, movedAt: number, silent: boolean, begunAt = movedAt): AttemptState<string> => ({
    upload: 'a',
    partNumber,
    begunAt,
    movedAt,
    silent,
  });

  it.each<[what: string, attempts: AttemptState<string>[], full: boolean, now: number, expected: number | undefined]>([
    ['none while a second attempt may start', [attempt(1, 0, true)], false, 10_000, undefined],
    ['none while another moves', [attempt(1, 0, true), attempt(2, 9_000, false)], true, 10_000, undefined],
    [
      'the longest silent where none moves and none is free',
      [attempt(1, 50, true), attempt(2, 0, true)],
      true,
      10_000,
      1,
    ],
    ['the older of two of one part', [attempt(1, 900, true, 5), attempt(1, 800, true, 800)], false, 10_000, 0],
    ['none of two of one part while one moves', [attempt(1, 0, true), attempt(1, 1, false)], true, 10_000, undefined],
    ['whatever is silent for two minutes', [attempt(1, 0, true), attempt(2, 9, false)], false, 120_000, 0],
  ])('%s', (_, attempts, full, now, expected) => {
    const fallen = attempts[0] as AttemptState<string>;
    expect(toGiveUp(attempts, fallen, full, now)).toBe(expected === undefined ? undefined : attempts[expected]);
  });
});

it('timeout grows with what the link was seen to need, and with each attempt that was given up', () => {
  const MB = 1_000_000;
  expect(timeoutsFor(8 * MB, 100 * MB, 0).moving).toBe(10_000);
  expect(timeoutsFor(8 * MB, MB, 0).moving).toBe(32_000);
  expect(timeoutsFor(8 * MB, MB, 1).moving).toBe(64_000);
  expect(timeoutsFor(8 * MB, MB, 9).moving).toBe(120_000);
  expect(timeoutsFor(8 * MB, 0, 0).moving).toBe(30_000);
  const answers = { mean: 200, deviation: 50, count: 1, longest: 30 * MB };
  expect(timeoutsFor(100_000, 0, 0, answers), 'a small file, once it is known how long responses take').toEqual({
    moving: 10_000,
    answering: 10_000,
  });
  expect(timeoutsFor(7 * MB, 100 * MB, 0).answering, 'a gateway may pass it on, for 18 s').toBe(28_000);
  expect(timeoutsFor(30 * MB, 100 * MB, 0).answering, 'for 72 s').toBe(120_000);
  expect(timeoutsFor(30 * MB, 100 * MB, 0, answers).answering, 'there was none').toBe(10_000);
  const ofSmall = { ...answers, longest: 100_000 };
  expect(timeoutsFor(30 * MB, 100 * MB, 0, ofSmall).answering, 'small answers tell nothing of it').toBe(120_000);
});
