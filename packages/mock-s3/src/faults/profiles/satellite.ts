import { link, type NetworkProfile } from './network-profile.ts';

/** A geostationary satellite: 36,000 km up, and down again. */
export const satellite: NetworkProfile = {
  summary: '3 Mbit/s up, 25 Mbit/s down, 600 ms',
  rules: link({ up: 3000, down: 25_000, roundTrip: 600, jitter: 40 }),
};
