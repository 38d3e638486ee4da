import { expect, it } from 'vitest';
import { type OutageName, survived } from './sample-run.ts';

it.each<[readonly OutageName[], string]>([
  [[], 'and nobody broke anything'],
  [['plug'], 'survived 1 outage (the plug)'],
  [['plug', 'server', 'reload'], 'survived 3 outages (the plug, the dead server, and a reload)'],
  [['tunnel', 'tunnel'], 'survived 2 outages (the tunnel and the tunnel)'],
  [['data-center'], 'survived 1 outage (the dead data center)'],
  // Slow is not gone.
  [['hotel-wifi'], 'survived hotel Wi-Fi'],
  [['hotel-wifi', 'plug'], 'survived 1 outage (the plug) and hotel Wi-Fi'],
])('says of %j: %s', (names, words) => {
  expect(survived(names.map((name) => ({ name, until: 0 })))).toBe(words);
});
