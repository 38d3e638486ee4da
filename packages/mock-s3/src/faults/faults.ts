import * as v from 'valibot';
import { isProfileName, PROFILE_NAMES, PROFILES, type ProfileName } from './profiles/network-profiles.ts';
import { type FaultRule, ruleSchema } from './rule.ts';

/** What shall go wrong with a store, and how chance falls. */
export interface FaultSchedule {
  /** The same seed gives the same faults. @default 1 */
  readonly seed?: number | string;
  /** A network or store that people know; its rules come before `rules`. */
  readonly profile?: ProfileName;
  readonly rules?: readonly FaultRule[];
}

/** A schedule, or only its profile or its rules. */
export type Faults = FaultSchedule | ProfileName | readonly FaultRule[];

const scheduleSchema = v.strictObject({
  seed: v.exactOptional(v.union([v.number(), v.string()])),
  profile: v.exactOptional(v.picklist(PROFILE_NAMES)),
  rules: v.exactOptional(v.array(ruleSchema)),
}) satisfies v.GenericSchema<unknown, FaultSchedule>;

/** All rules of a schedule: its profile's, then its own. */
export function rulesOf({ profile, rules = [] }: FaultSchedule): readonly FaultRule[] {
  return [...(profile === undefined ? [] : PROFILES[profile].rules), ...rules];
}

/** What comes in over HTTP, from a file or from JavaScript is no schedule; the message says why. */
export class InvalidFaults extends Error {
  override readonly name = 'InvalidFaults';
}

/** Reads a schedule in any of its forms. @throws {InvalidFaults} */
export function parseFaults(value: unknown): FaultSchedule {
  if (typeof value === 'string' && !isProfileName(value)) {
    throw new InvalidFaults(`There is no profile "${value}". Take one of ${PROFILE_NAMES.join(', ')}.`);
  }
  const long = typeof value === 'string' ? { profile: value } : Array.isArray(value) ? { rules: value } : value;
  const parsed = v.safeParse(scheduleSchema, long);
  if (parsed.success) return parsed.output;
  const reasons = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'faults'}: ${issue.message}`);
  throw new InvalidFaults(`These are no faults. ${reasons.slice(0, 5).join('; ')}`);
}
