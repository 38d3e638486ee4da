import type { Storage } from '../storage.ts';
import { PROFILES, type ProfileName } from './profiles.ts';
import { type S3Options, s3 } from './s3.ts';

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
 * | `S3_PROFILE` | what the store can do: `aws`, `r2`, `minio`, `ceph`, `b2`, `spaces`, `generic`; default: by the endpoint |
 * | `S3_FORCE_PATH_STYLE` | `true` or `false`; default: `false` at amazonaws.com, `true` elsewhere |
 *
 * @param env `process.env`, or what your runtime has in its place.
 * @param options What the environment does not say.
 * @throws TypeError that names the variables that are missing or wrong.
 */
export const s3FromEnv = (env: Env, options: Rest = {}): Storage => s3(s3OptionsFromEnv(env, options));

type Env = Readonly<Record<string, string | undefined>>;
type Rest = Pick<S3Options, 'profile' | 'timeout' | 'slowTimeout' | 'fetch' | 'clock'>;

/** What the environment says, for {@link s3}. @throws TypeError as {@link s3FromEnv}. */
export function s3OptionsFromEnv(env: Env, options: Rest = {}): S3Options {
  // An empty variable is one that is not set: that is how compose files and CI pass them.
  const read = (name: string) => (env[name] === '' ? undefined : env[name]);
  const missing = REQUIRED.filter((name) => read(name) === undefined);
  if (missing.length > 0) throw new TypeError(`The object store needs ${missing.join(', ')} in the environment.`);

  const endpoint = read('S3_ENDPOINT');
  const publicEndpoint = read('S3_PUBLIC_ENDPOINT');
  const region = read('S3_REGION') ?? read('AWS_REGION');
  const forcePathStyle = readBoolean('S3_FORCE_PATH_STYLE', read('S3_FORCE_PATH_STYLE'));
  const profile = options.profile ?? readProfile(read('S3_PROFILE'));
  return {
    ...options,
    ...(profile !== undefined && { profile }),
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

function readProfile(value: string | undefined): ProfileName | undefined {
  if (value === undefined) return undefined;
  if (Object.hasOwn(PROFILES, value)) return value as ProfileName;
  throw new TypeError(`S3_PROFILE must be one of ${Object.keys(PROFILES).join(', ')}, but is ${value}.`);
}

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
