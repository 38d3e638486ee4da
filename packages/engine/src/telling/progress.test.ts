import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partLost, partMoved, partStored, readMeter, restartMeter, startMeter } from './progress.ts';

const SIZE = 1000;
const COUNT = 8;

it('never goes backwards and never passes the total, whatever happens to the parts', () => {
  const event = fc.record({
    do: fc.constantFrom('moved', 'stored', 'lost', 'restart', 'damaged'),
    part: fc.integer({ min: 1, max: COUNT }),
    loaded: fc.nat(SIZE),
    after: fc.nat(5000),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let now = 0;
      let meter = startMeter(SIZE * COUNT);
      let before = readMeter(meter, now);
      const stored = new Set<number>();
      for (const { do: what, part, loaded, after } of events) {
        now += after;
        if (what === 'moved' && !stored.has(part)) meter = partMoved(meter, part, loaded, now);
        if (what === 'lost') meter = partLost(meter, part);
        if (what === 'damaged') {
          stored.clear();
          meter = restartMeter(meter, 0);
        }
        if (what === 'restart') meter = restartMeter(meter, stored.size * SIZE);
        if (what === 'stored' && !stored.has(part)) {
          stored.add(part);
          meter = partStored(meter, part, SIZE, now);
        }
        const progress = readMeter(meter, now);
        expect(progress.loaded).toBeGreaterThanOrEqual(before.loaded);
        expect(progress.loaded).toBeLessThanOrEqual(progress.total);
        expect(progress.percent === 100).toBe(progress.loaded === progress.total);
        expect(progress.percent === 100, 'all is stored').toBe(stored.size === COUNT);
        expect(progress.eta === 0, 'all is stored').toBe(stored.size === COUNT);
        expect(progress.speed).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(progress.speed)).toBe(true);
        before = progress;
      }
    }),
  );
});

it('stays at 100 % where what was stored is found to be damaged and must be sent anew', () => {
  const stored = partStored(startMeter(SIZE), 1, SIZE, 0);
  expect(readMeter(stored, 0)).toMatchObject({ loaded: SIZE, percent: 100, eta: 0 });
  const anew = restartMeter(stored, 0);
  expect(readMeter(anew, 1)).toMatchObject({ loaded: SIZE, percent: 100 });
  expect(readMeter(anew, 1).eta).not.toBe(0);
});

it('reads a steady flow as its true speed from the first second on', () => {
  let meter = startMeter(1_000_000_000);
  for (let ms = 50; ms <= 60_000; ms += 50) {
    meter = partMoved(meter, 1, ms * 1000, ms);
    if (ms % 1000 === 0) {
      const { speed } = readMeter(meter, ms);
      expect(speed).toBeGreaterThan(900_000);
      expect(speed).toBeLessThan(1_100_000);
    }
  }
});

it('falls to nothing when nothing moves, and then promises no time', () => {
  const meter = partMoved(startMeter(1_000_000_000), 1, 1_000_000, 1000);
  expect(readMeter(meter, 60_000)).toMatchObject({ speed: 0, eta: undefined });
});
