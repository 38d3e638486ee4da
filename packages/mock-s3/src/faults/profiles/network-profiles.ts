import { chaos } from './chaos.ts';
import { fast3g } from './fast-3g.ts';
import { flaky3g } from './flaky-3g.ts';
import { hotelWifi } from './hotel-wifi.ts';
import { lte } from './lte.ts';
import type { NetworkProfile } from './network-profile.ts';
import { satellite } from './satellite.ts';
import { train } from './train.ts';

/** Networks and stores by the names that people know. */
export const PROFILES = {
  'fast-3g': fast3g,
  'flaky-3g': flaky3g,
  lte,
  train,
  'hotel-wifi': hotelWifi,
  satellite,
  chaos,
} as const satisfies Readonly<Record<string, NetworkProfile>>;

/** `fast-3g`, `flaky-3g`, `lte`, `train`, `hotel-wifi`, `satellite` or `chaos`. */
export type ProfileName = keyof typeof PROFILES;

/** All names of profiles. */
export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

/** Whether a text names a profile. */
export function isProfileName(text: string): text is ProfileName {
  return Object.hasOwn(PROFILES, text);
}
