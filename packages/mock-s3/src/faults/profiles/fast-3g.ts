import { link, type NetworkProfile } from './network-profile.ts';

/** "3G Fast" of WebPageTest. @see https://github.com/WPO-Foundation/webpagetest/blob/master/www/settings/connectivity.ini.sample */
export const fast3g: NetworkProfile = {
  summary: '768 kbit/s up, 1.6 Mbit/s down, 150 ms',
  rules: link({ up: 768, down: 1600, roundTrip: 150 }),
};
