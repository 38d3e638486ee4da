import { link, type NetworkProfile } from './network-profile.ts';

/** "LTE" of WebPageTest. @see https://github.com/WPO-Foundation/webpagetest/blob/master/www/settings/connectivity.ini.sample */
export const lte: NetworkProfile = {
  summary: '12 Mbit/s, 70 ms',
  rules: link({ up: 12_000, down: 12_000, roundTrip: 70 }),
};
