import { describe, expect, it } from 'vitest';
import { shapeArguments } from './kernel-link.ts';
import { queueOf } from './link.ts';

describe('a link’s shape', () => {
  it('has a queue for a round trip at full rate, at least for 100 ms, unless it says another', () => {
    expect(queueOf({ rate: 100e6, roundTrip: 200 })).toBe(2_500_000);
    expect(queueOf({ rate: 20e6, roundTrip: 40 })).toBe(250_000);
    expect(queueOf({ rate: 100e6, roundTrip: 80, queue: 5 })).toBe(5);
  });

  it('delays each way by half a round trip, in microseconds', () => {
    expect(shapeArguments({ rate: 300e6, roundTrip: 120, connectionRate: 160e6, loss: 0.02 })).toBe(
      'rate=300000000 queue=4500000 flowrate=160000000 flowqueue=2400000 delay=60000 loss=0.02',
    );
  });

  it('has no queue where it has no rate', () => {
    expect(shapeArguments({ rate: 0, roundTrip: 0 })).toBe('rate=0 queue=0 flowrate=0 flowqueue=0 delay=0 loss=0');
  });
});
