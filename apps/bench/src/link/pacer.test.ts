import { describe, expect, it } from 'vitest';
import { createPacer } from './pacer.ts';

describe('pacer', () => {
  it('lets bytes pass at its rate, one after the other', () => {
    const pacer = createPacer(8_000_000);
    expect(pacer.pass(10_000, 0)).toBe(10);
    expect(pacer.pass(10_000, 5)).toBe(20);
  });

  it('saves nothing up while nobody sends', () => {
    const pacer = createPacer(8_000_000);
    pacer.pass(1000, 0);
    expect(pacer.pass(1000, 500)).toBe(501);
  });

  it('follows a new rate from the next bytes on', () => {
    const pacer = createPacer(8_000_000);
    pacer.pass(10_000, 0);
    pacer.setRate(800_000);
    expect(pacer.pass(1000, 0)).toBe(20);
  });

  it('holds nothing up without a rate', () => {
    expect(createPacer().pass(1e9, 3)).toBe(3);
  });
});
