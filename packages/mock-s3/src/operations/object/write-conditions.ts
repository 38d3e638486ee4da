import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from '../../errors/s3-error.ts';
import type { Mimic } from '../../mimic/mimic.ts';
import type { ObjectRecord } from '../../store/records.ts';
import type { OperationContext } from '../operation.ts';
import { namesEtag } from './preconditions.ts';

/** Throws unless what a write found at its key is what it wants to find. */
export type WriteCheck = (earlier: ObjectRecord | undefined) => void;

/**
 * Reads the conditions of a write; to be checked before its body is read, and again at the commit.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function writeCheck(
  { request, mimic }: Pick<OperationContext, 'request' | 'mimic'>,
  write: keyof Mimic['conditionalWrites'],
): WriteCheck {
  const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch }: IncomingHttpHeaders = request.headers;
  if (ifNoneMatch === undefined && ifMatch === undefined) return () => undefined;
  const condition = mimic.conditionalWrites[write];
  if (condition === 'ignored') return () => undefined;
  if (condition === 'refused') throw new S3Error('NotImplemented');
  const failed = (name: string) => conditionFailed(name, write === 'complete' ? mimic.completeCondition : undefined);
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*' && mimic.ifNoneMatch === 'any-object') {
    throw new S3Error('NotImplemented', { details: { Header: 'If-None-Match' } });
  }
  if (condition === 'never-holds') throw failed(ifMatch === undefined ? 'If-None-Match' : 'If-Match');
  return (earlier) => {
    if (ifNoneMatch !== undefined && earlier && namesEtag(ifNoneMatch, earlier.etag)) throw failed('If-None-Match');
    if (ifMatch === undefined) return;
    if (earlier === undefined) throw new S3Error('NoSuchKey', { details: { Key: request.key ?? '' } });
    if (!namesEtag(ifMatch, earlier.etag)) throw failed('If-Match');
  };
}

function conditionFailed(condition: string, code: Mimic['completeCondition'] = 'PreconditionFailed'): S3Error {
  return new S3Error(code, { status: 412, details: { Condition: condition } });
}
