import { regions } from '../regions/regions.ts';
import type { ObjectStorage } from '../storage.ts';
import { checkEndpoint, checkText } from './check-text.ts';
import { s3 } from './s3.ts';
import type { S3Options } from './s3-options.ts';
import { PROFILES, type StoreProfileName } from './store-profiles.ts';

/**
 * A store as the environment names it:
 *
 * | Variable | |
 * |---|---|
 * | `S3_BUCKET` | required |
 * | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` | required |
 * | `AWS_SESSION_TOKEN` | of temporary credentials |
 * | `S3_REGION`, or else `AWS_REGION` | default `us-east-1` |
 * | `S3_ENDPOINT` | default: Amazon's endpoint of the region |
 * | `S3_PUBLIC_ENDPOINT` | the endpoint that browsers use, where it is another one; several names of one store with commas between |
 * | `S3_PROFILE` | what the store can do: `aws`, `r2`, `minio`, `ceph`, `ceph-16`, `ceph-20`, `swift`, `gcs`, `wasabi`, `tigris`, `supabase`, `scaleway`, `hetzner`, `b2`, `spaces`, `generic`; default: by the endpoint |
 * | `S3_CONDITIONAL_WRITES` | which writes honour `If-None-Match: *`, where the profile says otherwise: `put`, `put,complete` or `none` |
 * | `S3_FORCE_PATH_STYLE` | `true` or `false`; default: `false` at amazonaws.com, unless the bucket has a dot; `true` elsewhere |
 * | `S3_SSE`, `S3_SSE_KMS_KEY_ID` | how objects are encrypted: `AES256`, `aws:kms` or `aws:kms:dsse`, and with which key |
 * | `S3_STORAGE_CLASS`, `S3_TAGGING` | of every object; tags as in a query: `kind=upload&team=web` |
 * | `S3_REGIONS` | names of several stores, with commas between: `eu,us`; each has variables of its own, such as `S3_BUCKET_EU`, and takes the others as they are |
 * | `S3_EXPECTED_BUCKET_OWNER` | the account that must own the bucket |
 *
 * @param env `process.env`, or what your runtime has in its place.
 * @param options What the environment does not say.
 * @throws TypeError that names the variables that are missing or wrong.
 */
export function s3FromEnv(env: Env, options: Rest = {}): ObjectStorage {
  const all = regionsFromEnv(env, options);
  if (all === undefined) return s3(s3OptionsFromEnv(env, options));
  return regions(Object.fromEntries(Object.entries(all).map(([name, each]) => [name, s3(each)])));
}

/** Each region, where `S3_REGIONS` names them; else undefined. @throws TypeError as {@link s3FromEnv}. */
export function regionsFromEnv(env: Env, options: Rest = {}): Record<string, S3Options> | undefined {
  const names = (env['S3_REGIONS'] ?? '').split(',').map((name) => name.trim());
  const named = names.filter((name) => name !== '');
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map((name) => [name, s3OptionsFromEnv(ofRegion(env, name), options)]));
}

/** `S3_BUCKET_EU` in place of `S3_BUCKET`, for the region `eu`. */
function ofRegion(env: Env, name: string): Env {
  const end = `_${name.toUpperCase().replaceAll('-', '_')}`;
  const own = Object.entries(env).filter(([variable, value]) => variable.endsWith(end) && value !== '');
  return { ...env, ...Object.fromEntries(own.map(([variable, value]) => [variable.slice(0, -end.length), value])) };
}

type Env = Readonly<Record<string, string | undefined>>;
type Rest = Pick<S3Options, 'profile' | 'headers' | 'timeout' | 'slowTimeout' | 'fetch' | 'clock'>;

/** What the environment says, for {@link s3}. @throws TypeError as {@link s3FromEnv}. */
export function s3OptionsFromEnv(env: Env, options: Rest = {}): S3Options {
  // An empty variable is one that is not set: that is how compose files and CI pass them.
  const read = (name: string) => (env[name] === undefined || env[name] === '' ? undefined : checkText(name, env[name]));
  const missing = REQUIRED.filter((name) => read(name) === undefined);
  if (missing.length > 0) throw new TypeError(`The object store needs ${missing.join(', ')} in the environment.`);

  const endpoint = read('S3_ENDPOINT');
  const publicEndpoint = read('S3_PUBLIC_ENDPOINT');
  const region = read('S3_REGION') ?? read('AWS_REGION');
  const forcePathStyle = readBoolean('S3_FORCE_PATH_STYLE', read('S3_FORCE_PATH_STYLE'));
  if (endpoint !== undefined) checkEndpoint(endpoint);
  const profile = options.profile ?? readProfile(read('S3_PROFILE'), read('S3_CONDITIONAL_WRITES'));
  const headers = options.headers ?? readHeaders(read);
  return {
    ...options,
    ...(profile !== undefined && { profile }),
    ...(headers !== undefined && { headers }),
    bucket: read('S3_BUCKET') ?? '',
    credentials: {
      accessKeyId: read('AWS_ACCESS_KEY_ID') ?? '',
      secretAccessKey: read('AWS_SECRET_ACCESS_KEY') ?? '',
      sessionToken: read('AWS_SESSION_TOKEN'),
    },
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(publicEndpoint !== undefined && { publicEndpoint: readNames(publicEndpoint) }),
    ...(forcePathStyle !== undefined && { forcePathStyle }),
  };
}

const REQUIRED = ['S3_BUCKET', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

function readProfile(value: string | undefined, writes: string | undefined): S3Options['profile'] {
  if (value !== undefined && !Object.hasOwn(PROFILES, value))
    throw new TypeError(`S3_PROFILE must be one of ${Object.keys(PROFILES).join(', ')}, but is ${value}.`);
  if (writes === undefined) return value as StoreProfileName | undefined;
  if (!/^(?:none|put|complete|put,complete|complete,put)$/.test(writes))
    throw new TypeError(`S3_CONDITIONAL_WRITES must be put, put,complete or none, but is ${writes}.`);
  const conditionalWrites = { put: writes.includes('put'), complete: writes.includes('complete') };
  return { ...(value !== undefined && { name: value }), conditionalWrites };
}

function readHeaders(read: (name: string) => string | undefined): Record<string, string> | undefined {
  const given = HEADERS.flatMap(([variable, header]) => {
    const value = read(variable);
    return value === undefined ? [] : [[header, value] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

const HEADERS = [
  ['S3_SSE', 'x-amz-server-side-encryption'],
  ['S3_SSE_KMS_KEY_ID', 'x-amz-server-side-encryption-aws-kms-key-id'],
  ['S3_STORAGE_CLASS', 'x-amz-storage-class'],
  ['S3_TAGGING', 'x-amz-tagging'],
  ['S3_EXPECTED_BUCKET_OWNER', 'x-amz-expected-bucket-owner'],
] as const;

function readNames(value: string): [string, ...string[]] {
  const [first = '', ...others] = value.split(',').map((name) => name.trim());
  return [first, ...others];
}

function readBoolean(name: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new TypeError(`${name} must be true or false, but is ${value}.`);
}
