import { afterEach, expect, it, vi } from 'vitest';
import { isMetered, remember, remembered } from './remembered.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([
  [{ saveData: true, effectiveType: '4g' }, true],
  [{ type: 'cellular', effectiveType: '4g' }, true],
  [{ metered: true }, true],
  [{ effectiveType: 'slow-2g' }, true],
  [{ effectiveType: '2g' }, true],
  [{ saveData: false, type: 'wifi', effectiveType: '4g' }, false],
  [{ effectiveType: '3g' }, false],
  [undefined, false],
])('says of %j whether bytes may cost something: %s', (connection, metered) => {
  vi.stubGlobal('navigator', { connection });
  expect(isMetered()).toBe(metered);
});

function storage(kept: Map<string, string> = new Map()) {
  const setItem = (name: string, text: string) => void kept.set(name, text);
  vi.stubGlobal('sessionStorage', { setItem, getItem: (name: string) => kept.get(name) ?? null });
  return kept;
}
const FACTS = new Map([['eu', { roundTrip: 20, goodput: 9 }]]);

it('keeps what was measured for half an hour, on one network', () => {
  vi.stubGlobal('navigator', { connection: { type: 'wifi', effectiveType: '4g' } });
  storage();
  remember(FACTS, 1_000);
  expect(remembered(1_000 + 29 * 60_000)).toEqual(FACTS);
  expect(remembered(1_000 + 31 * 60_000).size).toBe(0);
  vi.stubGlobal('navigator', { connection: { type: 'ethernet', effectiveType: '4g' } });
  expect(remembered(1_000).size).toBe(0);
});

it('takes what is kept of a later time, or is not its own, for nothing', () => {
  vi.stubGlobal('navigator', {});
  const kept = storage();
  remember(FACTS, 1_000);
  // The clock was set back.
  expect(remembered(0).size).toBe(0);
  for (const text of [
    'x',
    '1',
    '{"at":1}',
    '{"at":1000,"on":" ","facts":{}}',
    '{"at":1000,"on":" ","facts":[[1,2],"a"]}',
  ]) {
    kept.set('portage-regions', text);
    expect(remembered(1_000).size).toBe(0);
  }
  kept.set('portage-regions', '{"at":1000,"on":" ","facts":[["eu",{"roundTrip":-1,"goodput":"9"}]]}');
  expect(remembered(1_000)).toEqual(new Map([['eu', {}]]));
});
