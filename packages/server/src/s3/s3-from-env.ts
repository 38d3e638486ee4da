import type { Storage } from '../storage.ts';
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
 * | `S3_PUBLIC_ENDPOINT` | the endpoint that browsers use, where it is another one |
 * | `S3_FORCE_PATH_STYLE` | `true` or `false`; default: `false` at amazonaws.com, `true` elsewhere |
 *
 * @param env `process.env`, or what your runtime has in its place.
 * @param options What the environment does not say.
 * @throws TypeError that names the variables that are missing or wrong.
 */
export function s3FromEnv(
  env: Readonly<Record<string, string | undefined>>,
  options: Pick<S3Options, 'timeout' | 'slowTimeout' | 'fetch' | 'clock'> = {},
): Storage {
  // An empty variable is one that is not set: that is how compose files and CI pass them.
  const read = (name: string) => (env[name] === '' ? undefined : env[name]);
  const missing = REQUIRED.filter((name) => read(name) === undefined);
  if (missing.length > 0) throw new TypeError(`The object store needs ${missing.join(', ')} in the environment.`);

  const endpoint = read('S3_ENDPOINT');
  const publicEndpoint = read('S3_PUBLIC_ENDPOINT');
  const region = read('S3_REGION') ?? read('AWS_REGION');
  const forcePathStyle = readBoolean('S3_FORCE_PATH_STYLE', read('S3_FORCE_PATH_STYLE'));
  return s3({
    ...options,
    bucket: read('S3_BUCKET') ?? '',
    credentials: {
      accessKeyId: read('AWS_ACCESS_KEY_ID') ?? '',
      secretAccessKey: read('AWS_SECRET_ACCESS_KEY') ?? '',
      sessionToken: read('AWS_SESSION_TOKEN'),
    },
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(publicEndpoint !== undefined && { publicEndpoint }),
    ...(forcePathStyle !== undefined && { forcePathStyle }),
  });
}

const REQUIRED = ['S3_BUCKET', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

function readBoolean(name: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new TypeError(`${name} must be true or false, but is ${value}.`);
}
