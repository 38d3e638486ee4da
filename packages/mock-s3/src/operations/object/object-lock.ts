import type { IncomingHttpHeaders } from 'node:http';
import * as v from 'valibot';
import { invalidRequest, S3Error } from '../../errors/s3-error.ts';
import { emptyResponse, xmlDocument, xmlResponse } from '../../http/s3-response.ts';
import type { Bucket } from '../../store/bucket.ts';
import type { Check } from '../../store/object-index.ts';
import type { ObjectRecord, StoredHeaders } from '../../store/records.ts';
import { parseShape } from '../../xml/parse-xml.ts';
import { xml } from '../../xml/write-xml.ts';
import { readObject } from '../bucket/versioning.ts';
import { bucketOf, type Operation, type OperationContext } from '../operation.ts';

const MAX_BODY = 64 * 1024;
const PREFIX = 'x-amz-object-lock-';
const [MODE, UNTIL, HOLD] = [`${PREFIX}mode`, `${PREFIX}retain-until-date`, `${PREFIX}legal-hold`];

const Configuration = v.object({
  ObjectLockConfiguration: v.object({
    ObjectLockEnabled: v.literal('Enabled'),
    Rule: v.optional(
      v.tuple([
        v.object({
          DefaultRetention: v.object({
            Mode: v.picklist(['GOVERNANCE', 'COMPLIANCE']),
            Days: v.optional(v.string()),
            Years: v.optional(v.string()),
          }),
        }),
      ]),
    ),
  }),
});

const ENABLED = '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>';
const VERSIONED = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';

/** Of a new bucket: a lock needs versions. */
export async function enableObjectLock({ configs }: Bucket): Promise<void> {
  await configs.set('versioning', VERSIONED);
  await configs.set('object-lock', ENABLED);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration: Operation = async (context) => {
  const config = bucketOf(context).configs.get('object-lock');
  if (config.kind === 'set') return xmlDocument(config.document);
  throw new S3Error('ObjectLockConfigurationNotFoundError');
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const putObjectLockConfiguration: Operation = async (context) => {
  const { configs } = bucketOf(context);
  const document = await context.body.text(MAX_BODY);
  parseShape(document, Configuration);
  await configs.set('versioning', VERSIONED);
  await configs.set('object-lock', document);
  return emptyResponse(200);
};

const LegalHold = v.object({ LegalHold: v.object({ Status: v.picklist(['ON', 'OFF']) }) });

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const getObjectLegalHold: Operation = async (context) => {
  const status = readObject(context).headers[HOLD];
  if (status === undefined) throw new S3Error('NoSuchObjectLockConfiguration');
  return xmlResponse(xml('LegalHold', [xml('Status', status)]));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold: Operation = async (context) => {
  const { objects, configs } = bucketOf(context);
  if (configs.get('object-lock').kind !== 'set') throw invalidRequest('Bucket is missing Object Lock Configuration');
  const object = readObject(context);
  const { Status } = parseShape(await context.body.text(MAX_BODY), LegalHold).LegalHold;
  await objects.changeHeaders(object, { ...object.headers, [HOLD]: Status });
  return emptyResponse(200);
};

/**
 * The lock that a new object gets, as headers that are kept with it: by the request, or by the bucket's default.
 * @throws {S3Error} InvalidRequest where the bucket has no Object Lock.
 */
export function lockOf({ configs }: Bucket, headers: IncomingHttpHeaders, now: number): StoredHeaders {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    name.startsWith(PREFIX) ? [[name, String(value)]] : [],
  );
  const config = configs.get('object-lock');
  if (config.kind !== 'set') {
    if (given.length > 0) throw invalidRequest('Bucket is missing Object Lock Configuration');
    return {};
  }
  const asked = Object.fromEntries(given);
  if ((asked[MODE] === undefined) !== (asked[UNTIL] === undefined))
    throw invalidRequest(`${MODE} and ${UNTIL} must both be supplied`);
  const { Rule } = parseShape(config.document, Configuration).ObjectLockConfiguration;
  if (asked[MODE] !== undefined || Rule === undefined) return asked;
  const { Mode, Days = '0', Years = '0' } = Rule[0].DefaultRetention;
  const until = new Date(now + (Number(Days) + Number(Years) * 365) * 86_400_000).toISOString();
  return { ...asked, [MODE]: Mode, [UNTIL]: until };
}

/** A body that becomes locked must come with a sum of its bytes, where the store asks for one. @throws {S3Error} InvalidRequest */
export function checkLockedBody(lock: StoredHeaders, { body, mimic }: OperationContext, what: 'Object' | 'Part'): void {
  if (!mimic.summedLocks) return;
  const isLocked = Object.keys(lock).some((name) => name.startsWith(PREFIX));
  if (!isLocked || body.hasContentMd5 || body.claimedAlgorithm !== undefined) return;
  throw invalidRequest(
    `Content-MD5 OR x-amz-checksum- HTTP header is required for Put ${what} requests with Object Lock parameters`,
  );
}

/** What is kept with an object, without its lock: a copy has one of its own. */
export const withoutLock = (headers: StoredHeaders): StoredHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX)));

/** Keeps a locked version from being deleted, beside another condition. */
export function lockedCheck(headers: IncomingHttpHeaders, now: number, other: Check | undefined): Check {
  const mayBypass = headers['x-amz-bypass-governance-retention'] === 'true';
  return (there) => {
    if (there !== undefined && isLocked(there, now, mayBypass)) throw new S3Error('AccessDenied');
    other?.(there);
  };
}

function isLocked({ headers }: ObjectRecord, now: number, mayBypass: boolean): boolean {
  if (headers[HOLD] === 'ON') return true;
  const isKept = Date.parse(headers[UNTIL] ?? '') > now;
  return isKept && !(headers[MODE] === 'GOVERNANCE' && mayBypass);
}
