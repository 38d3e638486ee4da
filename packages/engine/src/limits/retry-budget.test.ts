import { describe, expect, it } from 'vitest';
import { createWorld, settle } from '../../test/world.ts';
import { backoff } from '../machine/retry-policy.ts';
import { budgetWait, fullBudget, spend } from './retry-budget.ts';

describe('the retry budget', () => {
  it('lets a burst through at once, then one retry a second', () => {
    let budget = fullBudget(0);
    const waits: number[] = [];
    for (let i = 0; i < 33; i += 1) {
      waits.push(budgetWait(budget, 0));
      budget = spend(budget, 0);
    }
    expect(waits.slice(0, 30)).toEqual(new Array(30).fill(0));
    expect(waits.slice(30)).toEqual([1000, 2000, 3000]);
    expect(budgetWait(budget, 60_000)).toBe(0);
  });

  it('never saves up more than its capacity', () => {
    let budget = spend(fullBudget(0), 0);
    for (let i = 0; i < 30; i += 1) budget = spend(budget, 3_600_000);
    expect(budgetWait(budget, 3_600_000)).toBe(1000);
  });
});

describe('a total outage', () => {
  /** Requests that a page of 12 files makes in the given minute of an outage in which every connection is refused. */
  async function requestsPerMinute(minutes: number): Promise<number[]> {
    const world = createWorld({ kind: 'multipart' });
    let seed = 7;
    const draw = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let i = 0; i < 12; i += 1) world.start(`f${i}`, 50 * 1024 * 1024);
    await settle();
    const counts: number[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      const before = world.sent.length;
      for (let tick = 0; tick < 600; tick += 1) {
        for (const part of world.inFlight()) {
          world.random = draw();
          await part.fail({ kind: 'network' });
        }
        await world.clock.pass(100);
      }
      counts.push(world.sent.length - before);
    }
    return counts;
  }

  it('is met by fewer requests than exponential backoff alone would make', async () => {
    const ours = await requestsPerMinute(3);
    // 72 parts wait (6 for each of 12 files), each again after 50, 100, … ms up to 20 s, with neither jitter nor bucket.
    const plain = [0, 1, 2].map((minute) => {
      let requests = 0;
      for (let time = 0, tries = 0; time < (minute + 1) * 60_000; tries += 1) {
        if (time >= minute * 60_000) requests += 72;
        time += backoff(50, tries, 1);
      }
      return requests;
    });
    console.log(`requests per minute of an outage: ours ${ours.join(', ')}; plain exponential ${plain.join(', ')}`);
    expect(ours[0]).toBeLessThan((plain[0] ?? 0) / 4);
    for (const count of ours.slice(1)) expect(count).toBeLessThanOrEqual(75);
  });
});
