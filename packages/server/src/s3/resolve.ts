import { checkEndpoint, checkText } from './check-text.ts';
import type { S3Options } from './s3-options.ts';
import { PROFILES, profileOf, type StoreProfile, type StoreProfileName } from './store-profiles.ts';

/** Where a store is, and what it can do. */
export interface ResolvedStore {
  profile: StoreProfile;
  region: string;
  /** Absolute URL, without the bucket. */
  endpoint: string;
  forcePathStyle: boolean;
}

/** @throws TypeError that says what is wrong with an option. */
export function resolveStore(options: S3Options): ResolvedStore {
  const { bucket, region: named, endpoint: given } = options;
  if (typeof bucket !== 'string' || !/^[\w.-]+$/.test(bucket))
    throw new TypeError(`\`bucket\` is ${JSON.stringify(bucket)}, which is no name of a bucket.`);
  const host = given === undefined ? undefined : checkEndpoint(given).hostname;
  const profile = resolveProfile(options.profile, host);
  const region = checkText('region', named ?? profile.region);
  const endpoint = given ?? `https://s3.${region}.amazonaws.com`;
  // The certificate of such a host is for one name before the dot.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
  const isDotted = bucket.includes('.') && endpoint.startsWith('https:');
  return { profile, region, endpoint, forcePathStyle: options.forcePathStyle ?? (profile.forcePathStyle || isDotted) };
}

function resolveProfile(profile: S3Options['profile'], host: string | undefined): StoreProfile {
  const byHost = host === undefined ? PROFILES.aws : profileOf(host);
  if (profile === undefined) return byHost;
  if (typeof profile === 'string') {
    if (Object.hasOwn(PROFILES, profile)) return PROFILES[profile];
    throw new TypeError(`\`profile\` must be one of ${Object.keys(PROFILES).join(', ')}, but is ${profile}.`);
  }
  const isNamed = profile.name !== undefined && Object.hasOwn(PROFILES, profile.name);
  const base = isNamed ? PROFILES[profile.name as StoreProfileName] : byHost;
  const conditionalWrites = { ...base.conditionalWrites, ...profile.conditionalWrites };
  return { ...base, ...profile, conditionalWrites };
}
