import { describe, expect, it } from 'vitest';
import { createRegionsWorld, type Gone } from '../../test/regions-world.ts';
import { FakeClock, MiB } from '../../test/world.ts';
import type { Session } from '../vocabulary.ts';
import { chooseRegion, estimate, medianOf, type RegionFacts, wantsMeasuring } from './choose.ts';
import { leaveAfter, whatIsWrong } from './leaving.ts';
import { measureRegions } from './measure.ts';
import { createRegions } from './regions.ts';

const EU = { rtt: 20, rate: 12 * MiB };
const US = { rtt: 120, rate: 4 * MiB };
const AP = { rtt: 220, rate: 2 * MiB };

describe('a region is chosen', () => {
  const choose = (facts: Record<string, RegionFacts>, offered = ['us', 'eu', 'ap']) =>
    chooseRegion(offered, new Map(Object.entries(facts)), 1_000);

  it('by the server, as long as nothing is known', () => {
    expect(choose({})).toEqual({ order: ['us', 'eu', 'ap'], why: 'server' });
  });

  it('by its round trip, where that is shorter by more than noise', () => {
    expect(choose({ eu: { roundTrip: 20 }, us: { roundTrip: 120 } })).toEqual({
      order: ['eu', 'us', 'ap'],
      why: 'round-trip',
    });
    expect(choose({ eu: { roundTrip: 100 }, us: { roundTrip: 110 } }).order[0]).toBe('us');
    // One that did not answer is not near.
    expect(choose({ ap: { roundTrip: 220 }, eu: { roundTrip: 240 } }).order).toEqual(['ap', 'eu', 'us']);
  });

  it('by what it was seen to take, which beats the round trip', () => {
    const near = { roundTrip: 20, goodput: 1 * MiB };
    expect(choose({ eu: near, us: { roundTrip: 120, goodput: 2 * MiB } })).toMatchObject({
      order: ['us', 'eu', 'ap'],
      why: 'goodput',
    });
    expect(choose({ eu: near, us: { roundTrip: 120, goodput: 1.2 * MiB } }).order[0]).toBe('eu');
    // What was never tried is tried.
    expect(choose({ eu: { roundTrip: 20 }, us: { roundTrip: 120, goodput: 9 * MiB } }).order[0]).toBe('eu');
  });

  it('last where it is out of reach, and not at all worse where all are', () => {
    const down = { downUntil: 2_000 };
    expect(choose({ us: down })).toEqual({ order: ['eu', 'ap', 'us'], why: 'others-down' });
    expect(choose({ us: down, eu: down, ap: down })).toEqual({ order: ['us', 'eu', 'ap'], why: 'server' });
    expect(choose({ us: { downUntil: 1_000 } }).order[0]).toBe('us');
  });

  it('after it was measured once, and again where what was best has faded, a minute apart', () => {
    const now = 100_000;
    const faded = new Map([
      ['eu', { roundTrip: 20, goodput: MiB }],
      ['us', { roundTrip: 120, goodput: 2 * MiB }],
    ]);
    expect(wantsMeasuring(['eu', 'us'], faded, { now, measuredAt: undefined })).toBe(true);
    expect(wantsMeasuring(['eu', 'us'], faded, { now, measuredAt: now - 59_000 })).toBe(false);
    expect(wantsMeasuring(['eu', 'us'], faded, { now, measuredAt: 0 })).toBe(true);
    expect(wantsMeasuring(['eu', 'us'], new Map(), { now, measuredAt: 0 })).toBe(false);
  });

  it('with an estimate for each, by its own speed or by that of another', () => {
    const facts = new Map([
      ['eu', { roundTrip: 20, goodput: 10 * MiB }],
      ['us', { roundTrip: 100 }],
      ['ap', {}],
    ]);
    const estimates = ['eu', 'us', 'ap'].map((name) => estimate(100 * MiB, name, facts));
    expect(estimates).toEqual([10_000, 50_000, undefined]);
    expect([medianOf([3, 1, 9]), medianOf([1, 3]), medianOf([])]).toEqual([3, 2, undefined]);
  });
});

describe('a region that is out of reach', () => {
  it('is told from a network that is, and from one that only says no', () => {
    const answers = (eu?: number, us?: number) =>
      new Map([
        ['eu', eu],
        ['us', us],
      ]);
    expect(whatIsWrong('eu', answers(undefined, 90), 20)).toBe('region');
    expect(whatIsWrong('eu', answers(undefined, undefined), 20)).toBe('network');
    expect(whatIsWrong('eu', answers(25, 90), 20)).toBe('nothing');
    expect(whatIsWrong('eu', answers(1_500, 90), 20)).toBe('region');
    // All are slower now: it is the network.
    expect(whatIsWrong('eu', answers(1_500, 1_400), 20)).toBe('nothing');
  });

  it('is waited for as long as it takes to send again what it holds', () => {
    const seconds = [0, 10, 30, 1000].map((held) => leaveAfter(held * MiB, MiB) / 1000);
    expect(seconds).toEqual([4, 10, 30, 60]);
  });
});

describe('measuring', () => {
  it('asks all at once, takes the median of three, and does not wait for who is far behind', async () => {
    const clock = new FakeClock();
    const asked: string[] = [];
    const trips: Record<string, number[]> = { eu: [80, 21, 20, 35], us: [480, 120, 120, 120], ap: [9_000] };
    const measured = measureRegions(
      Object.keys(trips),
      async (name, timeout) => {
        asked.push(`${clock.now() - 1_000_000} ${name}`);
        const ms = trips[name]?.shift() ?? 0;
        await new Promise<void>((resolve) => clock.after(Math.min(ms, timeout), resolve));
        return ms < timeout ? ms : undefined;
      },
      clock,
    );
    await clock.pass(1_300);
    const { roundTrips, requests } = await measured;
    expect(asked.slice(0, 3)).toEqual(['0 eu', '0 us', '0 ap']);
    expect([...roundTrips]).toEqual([
      ['eu', 21],
      ['us', 120],
    ]);
    expect(requests).toBe(9);
  });

  it('gives those that are far as long, though one refuses the connection at once', async () => {
    const clock = new FakeClock();
    const measured = measureRegions(
      ['eu', 'us'],
      async (name) => {
        await new Promise<void>((resolve) => clock.after(name === 'eu' ? 5 : 600, resolve));
        return name === 'eu' ? undefined : 600;
      },
      clock,
    );
    await clock.pass(3_000);
    expect([...(await measured).roundTrips]).toEqual([['us', 600]]);
  });
});

describe('what a page knows of its uploads', () => {
  const session = (token: string): Session => ({
    kind: 'multipart',
    key: token,
    token,
    partSize: 8 * MiB,
    region: 'eu',
  });
  const request = (token: string) => ({ method: 'PUT', url: `https://eu.test/${token}?partNumber=1`, headers: {} });
  const signed = (token: string) => [{ partNumber: 1, request: { ...request(token), expiresAt: 0 } }];

  function page() {
    const clock = new FakeClock();
    const learned: (number | undefined)[] = [];
    const down: string[] = [];
    const regions = createRegions({
      clock,
      async ask(origin, timeout) {
        const isDown = origin === 'https://eu.test';
        await new Promise<void>((resolve) => clock.after(isDown ? timeout : 20, resolve));
        return isDown ? undefined : 20;
      },
      isMetered: () => true,
      onLeft: () => {},
      onLearned(facts) {
        learned.push(facts.get('eu')?.goodput);
        for (const [name, { downUntil }] of facts) if (downUntil !== undefined) down.push(name);
      },
    });
    const open = (token: string) => regions.opened(token, MiB, session(token), signed(token));
    /** Stores 2 MiB in a second. */
    const store = async (token: string) => {
      const transport = {
        send: async () => {
          await new Promise<void>((resolve) => clock.after(1_000, resolve));
          return { ok: true, value: { etag: '"e"' } } as const;
        },
      };
      const attempt = {
        request: { ...request(token), expiresAt: 0 },
        body: '',
        onProgress: () => {},
        afterSilence: false,
      };
      const sent = regions.send(transport, attempt, new AbortController().signal, 2 * MiB);
      await clock.pass(1_000);
      await sent;
    };
    return { clock, regions, learned, down, open, store };
  }

  it('has a bound, also for uploads of earlier pages, and what is forgotten is not watched', async () => {
    const { regions, learned, open, store } = page();
    regions.known('earlier', session('earlier'));
    open('first');
    regions.signed(session('earlier'), signed('earlier'));
    for (let count = 0; count < 2_000; count += 1) open(`${count}`);
    expect([regions.report('earlier'), regions.report('first')]).toEqual([undefined, undefined]);
    await store('earlier');
    await store('first');
    expect(learned).toEqual([]);
    for (let count = 0; count < 2_000; count += 1) regions.known(`known ${count}`, session(`known ${count}`));
    expect(regions.report('1999')).toBeUndefined();
  });

  it('keeps an upload that moves, however many small ones come after it', async () => {
    const { regions, open, store } = page();
    open('film');
    for (let count = 0; count < 3_000; count += 1) {
      open(`${count}`);
      if (count % 1_000 === 0) await store('film');
    }
    expect(regions.report('film')?.name).toBe('eu');
  });

  it('counts an attempt once that is handed over with every create call', async () => {
    const { clock, regions, learned, open } = page();
    open('film');
    const sending = new Promise<{ ok: true; value: unknown }>((resolve) => {
      clock.after(1_000, () => resolve({ ok: true, value: undefined }));
    });
    for (let calls = 0; calls < 3; calls += 1) regions.adopt(request('film').url, sending, () => {}, 2 * MiB);
    await clock.pass(1_000);
    expect(learned).toEqual([2 * MiB]);
  });

  it('begins another upload where the file of one that leaves was taken out, and is added again', async () => {
    const { clock, regions, open } = page();
    regions.offer(['eu', 'us'].map((name) => ({ name, origin: `https://${name}.test` })));
    open('film');
    const failure = { kind: 'server', status: 503, code: 'store-unavailable', message: '', hint: '' } as const;
    regions.called(session('film'), { ok: false, failure });
    await clock.pass(6_000);
    expect(regions.called(session('film'), { ok: false, failure })).toEqual({ ok: false, failure: { kind: 'moved' } });
    expect(regions.leaves('film')).toBe('film');
    regions.forget('film');
    expect(regions.leaves('film')).toBeUndefined();
  });

  it.each([
    ['learns that a region is gone by asking all', false, ['eu']],
    ['learns nothing from what was asked on another network', true, []],
  ])('%s', async (_, isAnother, expected) => {
    const { clock, regions, down, open } = page();
    regions.offer(['eu', 'us'].map((name) => ({ name, origin: `https://${name}.test` })));
    open('film');
    const failure = { kind: 'server', status: 503, code: 'store-unavailable', message: '', hint: '' } as const;
    regions.called(session('film'), { ok: false, failure });
    await clock.pass(1_500);
    if (isAnother) regions.networkChanged();
    await clock.pass(2_000);
    expect(down).toEqual(expected);
  });
});

describe('uploads in several regions', { timeout: 60_000 }, () => {
  it('begin where the server says, and go to the nearest once that is known', async () => {
    const world = createRegionsWorld({ regions: { us: US, eu: EU } });
    expect((await world.upload('a', 2 * MiB)).at).toBe('complete');
    expect(world.regions.report('a')).toMatchObject({ name: 'us', why: 'server', left: [] });
    await world.upload('b', 2 * MiB);
    expect(world.regions.report('b')).toMatchObject({ name: 'eu', why: 'round-trip', probes: 8 });
    expect(world.regions.report('b')?.all['us']?.roundTrip).toBe(120);
    expect(world.stored.map(({ region }) => region)).toEqual(['us', 'eu']);
    expect(world.asked).toHaveLength(8);
  });

  it('ask nothing of regions on a metered network, or where they were measured before', async () => {
    const metered = createRegionsWorld({ regions: { us: US, eu: EU }, metered: true });
    await metered.upload('a', 2 * MiB);
    await metered.upload('b', 2 * MiB);
    expect([metered.asked, metered.stored.map(({ region }) => region)]).toEqual([[], ['us', 'us']]);
    const known = new Map([
      ['eu', { roundTrip: 20 }],
      ['us', { roundTrip: 120 }],
    ]);
    const again = createRegionsWorld({ regions: { us: US, eu: EU }, known });
    await again.upload('a', 2 * MiB);
    expect([again.asked, again.stored[0]?.region]).toEqual([[], 'eu']);
  });

  it('measure anew where the network is another one', async () => {
    const world = createRegionsWorld({ regions: { eu: EU, us: US } });
    await world.upload('a', 2 * MiB);
    world.regions.networkChanged();
    await world.upload('b', 2 * MiB);
    expect(world.asked).toHaveLength(16);
  });

  it('leave the nearest where another one takes far more', async () => {
    const world = createRegionsWorld({ regions: { eu: EU, us: US } });
    await world.upload('a', 20 * MiB);
    world.site('eu').slowness = 20;
    world.kill('us', undefined);
    await world.upload('b', 20 * MiB);
    // A slow region was never compared: nothing is known of the other one's speed.
    expect(world.regions.report('b')?.name).toBe('eu');
    world.kill('eu', 'refused');
    await world.upload('c', 20 * MiB);
    world.kill('eu', undefined);
    await world.clock.pass(61_000);
    const before = world.regions.report('c')?.probes ?? 0;
    await world.upload('d', 20 * MiB);
    expect(world.regions.report('d')).toMatchObject({ name: 'us', why: 'goodput' });
    // So far below what another one took, that both are measured anew.
    expect(world.regions.report('d')?.probes).toBe(before + 8);
  });

  it('go on in their region where it comes back in time', async () => {
    const world = createRegionsWorld({ regions: { eu: EU, us: US } });
    world.clock.after(3_000, () => world.kill('eu', 'refused'));
    world.clock.after(6_000, () => world.kill('eu', undefined));
    const end = await world.upload('film', 64 * MiB);
    expect([end.at, world.left, world.stored.map(({ region }) => region)]).toEqual(['complete', [], ['eu']]);
  });

  it('wait for the network, where it is that and no region', async () => {
    const world = createRegionsWorld({ regions: { eu: EU, us: US } });
    for (const name of ['eu', 'us']) {
      world.clock.after(2_000, () => world.kill(name, 'refused'));
      world.clock.after(90_000, () => world.kill(name, undefined));
    }
    const end = await world.upload('film', 64 * MiB);
    expect([end.at, world.left, world.stored.map(({ region }) => region)]).toEqual(['complete', [], ['eu']]);
  });

  it.each<Gone>(['refused', 'black-hole'])(
    'go on elsewhere where it is gone (%s), and later ones begin there',
    async (how) => {
      const world = createRegionsWorld({ regions: { eu: EU, us: US, ap: AP } });
      world.clock.after(2_500, () => world.kill('eu', how));
      const end = await world.upload('film', 64 * MiB);
      expect([end.at, world.left, world.stored.map(({ region }) => region)]).toEqual(['complete', ['eu'], ['us']]);
      expect(world.regions.report('film')).toMatchObject({ name: 'us', why: 'others-down', left: ['eu'] });
      expect(world.told).toEqual(['u1']);
      // 64 MiB at 4 MiB/s, and some seconds until it was clear.
      expect(end.ms).toBeLessThan(40_000);
      expect(end.percents).toEqual(end.percents.toSorted((a, b) => a - b));
      await world.upload('next', MiB);
      expect(world.regions.report('next')).toMatchObject({ name: 'us', left: [] });
    },
  );

  it('leave a region that fades, though some bytes of theirs still move there, and stay where it is the network', async () => {
    const run = async (...faded: string[]) => {
      const world = createRegionsWorld({ regions: { eu: EU, us: US } });
      world.clock.after(3_500, () => {
        for (const name of faded) world.site(name).slowness = 200;
      });
      world.clock.after(60_000, () => {
        for (const name of faded) world.site(name).slowness = 1;
      });
      const end = await world.upload('film', 64 * MiB);
      return {
        at: end.at,
        seconds: (end.ms ?? Number.POSITIVE_INFINITY) / 1_000,
        left: world.left,
        told: world.told,
        asked: world.asked.length,
      };
    };
    const region = await run('eu');
    expect(region).toMatchObject({ at: 'complete', left: ['eu'], told: ['u1'] });
    expect(region.seconds).toBeLessThan(40);
    const network = await run('eu', 'us');
    expect(network).toMatchObject({ at: 'complete', left: [], told: ['u1'] });
    // Half a minute apart.
    expect(network.asked).toBeLessThanOrEqual(8 + 2 * 3);
  });

  it('leave a region whose responses are kept from the page, and fail in words where that is so of all', async () => {
    const one = createRegionsWorld({ regions: { eu: EU, us: US } });
    one.site('eu').hides = true;
    const moved = await one.upload('film', 24 * MiB);
    expect([moved.at, one.left, one.told]).toEqual(['complete', ['eu'], ['u1']]);
    const all = createRegionsWorld({ regions: { eu: EU, us: US } });
    all.site('eu').hides = true;
    all.site('us').hides = true;
    const end = await all.upload('film', 24 * MiB);
    expect([end.at, end.error]).toEqual(['failed', expect.objectContaining({ code: 'store-unreadable' })]);
    expect(all.left).toHaveLength(4);
  });

  it('are told of once where their region dies between Complete and the response', async () => {
    const world = createRegionsWorld({ regions: { eu: EU, us: US } });
    world.site('eu').losesComplete = true;
    const end = await world.upload('film', 24 * MiB);
    expect([end.at, world.told]).toEqual(['complete', ['u1']]);
    expect(world.stored).toEqual([
      { region: 'eu', id: 'u1' },
      { region: 'us', id: 'u1' },
    ]);
  });

  it.each<Gone>(['refused', 'black-hole'])('end stored, whenever a region is gone (%s)', async (how) => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const world = createRegionsWorld({ regions: { eu: EU, us: US }, seed });
      world.clock.after(100 + ((seed * 7_919) % 6_000), () => world.kill('eu', how));
      const end = await world.upload('film', 64 * MiB);
      expect([seed, end.at, world.told]).toEqual([seed, 'complete', ['u1']]);
      expect(end.percents).toEqual(end.percents.toSorted((a, b) => a - b));
    }
  });
});
