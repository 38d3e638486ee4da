import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWindow } from './concurrency-window.ts';

describe('createWindow', () => {
  it('hands out no more slots than it has', () => {
    const window = createWindow<string>(() => 2);
    window.want('a', 5);
    expect([window.take(), window.take(), window.take()]).toEqual(['a', 'a', undefined]);
    window.release();
    expect(window.take()).toBe('a');
  });

  it('takes turns between those who want', () => {
    const window = createWindow<string>(() => 6);
    window.want('large', 1000);
    window.want('small', 1);
    window.want('medium', 2);
    expect(Array.from({ length: 6 }, () => window.take())).toEqual([
      'large',
      'small',
      'medium',
      'large',
      'medium',
      'large',
    ]);
  });

  it('forgets who wants nothing more', () => {
    const window = createWindow<string>(() => 2);
    window.want('a', 1);
    window.want('a', 0);
    expect(window.take()).toBeUndefined();
  });

  it('serves the highest priority first, and takes turns within it', () => {
    const priorities: Record<string, number> = { late: -1, first: 5, second: 5 };
    const window = createWindow<string>(
      () => 9,
      (id) => priorities[id] ?? 0,
    );
    for (const id of ['late', 'usual', 'first', 'second']) window.want(id, 2);
    const taken = Array.from({ length: 9 }, () => window.take());
    expect(taken).toEqual(['first', 'second', 'first', 'second', 'usual', 'usual', 'late', 'late', undefined]);
    expect(window.waiting).toBe(0);
  });

  it('hands out nothing more until it is below a limit that came down', () => {
    let limit = 3;
    const window = createWindow<string>(() => limit);
    window.want('a', 9);
    expect([window.take(), window.take(), window.take()]).toEqual(['a', 'a', 'a']);
    limit = 2;
    window.release();
    expect([window.take(), window.inUse]).toEqual([undefined, 2]);
    window.release();
    expect(window.take()).toBe('a');
  });

  it('never passes its limit, whatever the order of calls', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('want' as const), id: fc.nat(5), slots: fc.nat(4) }),
      fc.constant({ do: 'take' as const }),
      fc.constant({ do: 'release' as const }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step), (limit, steps) => {
        const window = createWindow<number>(
          () => limit,
          (id) => id % 3,
        );
        for (const s of steps) {
          if (s.do === 'want') window.want(s.id, s.slots);
          else if (s.do === 'take') window.take();
          else if (window.inUse > 0) window.release();
          expect(window.inUse).toBeLessThanOrEqual(limit);
          expect(window.inUse).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
