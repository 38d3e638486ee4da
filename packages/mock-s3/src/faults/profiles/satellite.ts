import { link, type Profile } from './profile.ts';

/** A geostationary satellite: 36,000 km up, and down again. */
export const satellite: Profile = {
  summary: '3 Mbit/s up, 25 Mbit/s down, 600 ms',
  rules: link({ up: 3000, down: 25_000, roundTrip: 600, jitter: 40 }),
};
