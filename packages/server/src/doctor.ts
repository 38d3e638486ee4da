/** Looks at a real bucket, and says in words what is missing for uploads and how to fix it. Node only. */
import { randomBytes } from 'node:crypto';
import { openBucket } from './doctor/bucket.ts';
import { checkCors } from './doctor/cors.ts';
import type { Finding } from './doctor/finding.ts';
import { checkGateway } from './doctor/gateway.ts';
import { checkLifecycle } from './doctor/lifecycle.ts';
import { checkLocalNetwork } from './doctor/local-network.ts';
import { checkNames } from './doctor/names.ts';
import { checkPacks } from './doctor/packs.ts';
import { checkPublicAccess } from './doctor/public-access.ts';
import { checkReach } from './doctor/reach.ts';
import { checkChecksums, checkConditionalWrites, checkParts, checkPermissions } from './doctor/writes.ts';
import type { S3Options } from './s3/s3-options.ts';

export type { CheckName, Finding } from './doctor/finding.ts';

export interface DoctorOptions {
  /** The bucket, as it is given to `s3()`; or several, by the names that they have in `regions()`. */
  storage: S3Options | Readonly<Record<string, S3Options>>;
  /** Origins of the pages that upload, such as `https://app.example`. @default none, so CORS is not looked at */
  origins?: readonly string[];
  /** Adds the CORS rule and the lifecycle rule that are missing; others stay as they are. @default false */
  fix?: boolean;
}

export interface Diagnosis {
  /** False where something failed. */
  healthy: boolean;
  findings: Finding[];
}

/**
 * Writes, reads and deletes objects of a few bytes below `portage-doctor/`, and where packs need it one of 5 MiB; sends a part
 * of 5 MiB to an upload that it aborts; nothing else is changed without `fix`.
 *
 * @example
 * const { healthy, findings } = await examine({ storage: { bucket, credentials }, origins: ['https://app.example'] });
 * @throws the error of a credentials provider; TypeError for an endpoint that is no URL.
 */
export async function examine({ storage, origins = [], fix = false }: DoctorOptions): Promise<Diagnosis> {
  if (isOne(storage)) return examineOne(storage, origins, fix);
  const looks = Object.entries(storage).map(async ([region, each]) => {
    const { findings } = await examineOne(each, origins, fix);
    return findings.map((finding) => ({ ...finding, region }));
  });
  const findings = (await Promise.all(looks)).flat();
  return { healthy: findings.every(({ status }) => status !== 'failed'), findings };
}

const isOne = (storage: DoctorOptions['storage']): storage is S3Options => typeof storage['bucket'] === 'string';

async function examineOne(storage: S3Options, origins: readonly string[], fix: boolean): Promise<Diagnosis> {
  const clock = storage.clock ?? Date.now;
  const bucket = await openBucket(storage, clock);
  const { findings, goOn } = await checkReach(bucket, clock);
  if (goOn) {
    const key = `portage-doctor/${randomBytes(8).toString('hex')}`;
    const permissions = await checkPermissions(bucket, key);
    findings.push(permissions);
    const [origin = 'https://app.example'] = origins;
    const gateway = await checkGateway(bucket, key, origin);
    findings.push(...gateway.findings);
    if (gateway.goOn) findings.push(...(await checkCors(bucket, key, { origins, fix })));
    findings.push(...(await checkLocalNetwork(bucket, origins)));
    findings.push(...(await checkNames(storage, key, origin)));
    findings.push(await checkLifecycle(bucket, fix));
    // Without an object to look at, these would say nothing true.
    if (permissions.status !== 'failed') {
      findings.push(await checkParts(bucket, key));
      findings.push(await checkPublicAccess(bucket, key));
      findings.push(await checkChecksums(bucket, key));
      findings.push(await checkConditionalWrites(bucket, key));
      findings.push(await checkPacks(bucket, storage, key));
    }
    await bucket.send({ method: 'DELETE', key });
  }
  return { healthy: findings.every(({ status }) => status !== 'failed'), findings };
}

const MARKS = { ok: '✓', fixed: '✓', warning: '!', failed: '✗', unknown: '?' } as const;

/** What no look at a bucket can find out, in lines for a terminal. */
const UNSEEN = `
Only the bucket was looked at, not the upload server. If that stands behind a proxy: it reads no X-Forwarded-* and no
Forwarded unless \`trustProxy\` is set, so it may refuse pages that know it by the proxy's name, and takes the proxy's
address for everybody's. It answers by every name unless \`hosts\` lists its own.`;

/** The findings as lines for a terminal, and what they leave open. */
export function toText({ healthy, findings }: Diagnosis): string {
  const lines = findings.flatMap(({ status, check, message, hint, region }) => [
    `${MARKS[status]} ${region === undefined ? '' : `${region}: `}${check}: ${status === 'fixed' ? 'fixed: ' : ''}${message}`,
    ...(hint === undefined ? [] : [`    → ${hint}`]),
  ]);
  const verdict = healthy ? 'The bucket is ready for uploads.' : 'Uploads will not work well before this is fixed.';
  return [...lines, '', verdict, UNSEEN].join('\n');
}
