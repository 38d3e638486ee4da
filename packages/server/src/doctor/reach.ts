import type { Bucket, BucketResponse } from './bucket.ts';
import { said } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

/** Largest difference that S3 takes is 15 minutes. In seconds. */
const MAX_SKEW = 900;
const SMALL_SKEW = 60;

const reachable = finder('reachable');
const clockFound = finder('clock');
const credentials = finder('credentials');

/** Whether the store is there, what time it has, and whether it knows who is asking. `goOn` is false where it is not. */
export async function checkReach(bucket: Bucket, clock: () => number): Promise<{ findings: Finding[]; goOn: boolean }> {
  let answer: BucketResponse;
  try {
    answer = await bucket.send({ method: 'GET', query: 'list-type=2&max-keys=1' });
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    const hint = 'Check the endpoint (scheme, host, port), the DNS and the firewall between here and the store.';
    return { findings: [reachable('failed', `${bucket.endpoint} does not answer: ${why}.`, hint)], goOn: false };
  }
  const findings = [reachable('ok', `${bucket.endpoint} answers.`), judgeClock(answer, clock)];
  const known = judgeCredentials(bucket, answer);
  return { findings: [...findings, known], goOn: known.status !== 'failed' };
}

function judgeClock({ headers, code }: BucketResponse, clock: () => number): Finding {
  const theirs = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return clockFound('unknown', 'The store does not say what time it has.');
  const skew = Math.round(Math.abs(clock() - theirs) / 1000);
  const message = `The clock of this machine and that of the store differ by ${skew} s.`;
  const hint = 'Let this machine set its clock by NTP: S3 refuses signatures that are off by 15 minutes.';
  if (skew > MAX_SKEW || code === 'RequestTimeTooSkewed') return clockFound('failed', message, hint);
  return skew > SMALL_SKEW ? clockFound('warning', message, hint) : clockFound('ok', message);
}

function judgeCredentials(bucket: Bucket, answer: BucketResponse): Finding {
  if (answer.ok) return credentials('ok', `The store knows these credentials, and has the bucket "${bucket.name}".`);
  const { status, code, headers } = answer;
  if (code === 'AccessDenied') return credentials('ok', 'The store knows these credentials.');
  const region = headers.get('x-amz-bucket-region');
  if (status === 301 || code === 'AuthorizationHeaderMalformed' || code === 'PermanentRedirect')
    return credentials(
      'failed',
      `The bucket is not in the region "${bucket.region}".`,
      region === null ? 'Set the region of the bucket (S3_REGION).' : `Set the region to "${region}" (S3_REGION).`,
    );
  const [message, hint] = Object.hasOwn(REASONS, code) ? (REASONS[code] ?? UNKNOWN) : UNKNOWN;
  return credentials('failed', `${message} The store says ${said(answer)}.`, hint);
}

const UNKNOWN = ['The store refuses the first request.', 'Check the bucket and the credentials.'] as const;

const REASONS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  InvalidAccessKeyId: [
    'The store does not know this access key.',
    'Check AWS_ACCESS_KEY_ID, and that it is of this store.',
  ],
  SignatureDoesNotMatch: [
    'The signature is wrong.',
    'Check AWS_SECRET_ACCESS_KEY, also for a blank at its end; then the region and the path style.',
  ],
  ExpiredToken: ['The credentials are over.', 'Fetch new ones; give the server a function that fetches them.'],
  InvalidToken: ['The session token is not of these credentials.', 'Check AWS_SESSION_TOKEN.'],
  NoSuchBucket: ['There is no such bucket.', 'Create it, or check S3_BUCKET and the endpoint.'],
  RequestTimeTooSkewed: ['The clocks differ by too much.', 'Let this machine set its clock by NTP.'],
};
