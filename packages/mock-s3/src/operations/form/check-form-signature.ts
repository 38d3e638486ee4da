import { createHmac } from 'node:crypto';
import { parseCredential } from '../../auth/claim.ts';
import type { Credentials } from '../../auth/credentials.ts';
import type { Gate } from '../../auth/gate.ts';
import { sign } from '../../auth/signature.ts';
import { invalidArgument, S3Error } from '../../errors/s3-error.ts';

/**
 * Verifies the signature of a form's policy.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 */
export function checkFormSignature(fields: ReadonlyMap<string, string>, { credentials, region }: Gate): void {
  const policy = fields.get('policy');
  if (policy === undefined) throw new S3Error('AccessDenied');
  if (fields.has('awsaccesskeyid')) {
    checkVersion2(fields, policy, credentials);
    return;
  }
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value) return value;
    throw invalidArgument(name, '', `Bucket POST must contain a field named '${name}'.`);
  };
  if (field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    throw invalidArgument('x-amz-algorithm', field('x-amz-algorithm'), 'Only AWS4-HMAC-SHA256 is supported.');
  }
  const credential = parseCredential(field('x-amz-credential'));
  if (credential === undefined || credential.scope.region !== region || credential.scope.service !== 's3') {
    throw invalidArgument(
      'x-amz-credential',
      field('x-amz-credential'),
      'The credential is malformed or of another region.',
    );
  }
  field('x-amz-date');
  const known = credentials.find(({ accessKeyId }) => accessKeyId === credential.accessKeyId);
  if (known === undefined) {
    throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: credential.accessKeyId } });
  }
  if (sign(known.secretAccessKey, credential.scope, policy) !== field('x-amz-signature')) {
    throw new S3Error('SignatureDoesNotMatch', { details: { AWSAccessKeyId: credential.accessKeyId } });
  }
}

/**
 * Forms of long ago, which older regions of AWS and other stores still take.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html
 */
function checkVersion2(fields: ReadonlyMap<string, string>, policy: string, credentials: readonly Credentials[]): void {
  const id = fields.get('awsaccesskeyid') ?? '';
  if (!fields.get('signature')) {
    throw invalidArgument('signature', '', "Bucket POST must contain a field named 'signature'.");
  }
  const known = credentials.find(({ accessKeyId }) => accessKeyId === id);
  if (known === undefined) throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: id } });
  const signature = createHmac('sha1', known.secretAccessKey).update(policy).digest('base64');
  if (signature !== fields.get('signature')) {
    throw new S3Error('SignatureDoesNotMatch', { details: { AWSAccessKeyId: id } });
  }
}
