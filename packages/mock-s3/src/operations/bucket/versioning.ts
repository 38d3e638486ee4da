import * as v from 'valibot';
import { S3Error } from '../../errors/s3-error.ts';
import { emptyResponse, xmlDocument, xmlResponse } from '../../http/s3-response.ts';
import type { Bucket } from '../../store/bucket.ts';
import { NULL_VERSION, type Versioning } from '../../store/object-index.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { parseShape } from '../../xml/parse-xml.ts';
import { xml } from '../../xml/write-xml.ts';
import { bucketOf, keyOf, type Operation, type OperationContext } from '../operation.ts';

const MAX_BODY = 64 * 1024;

const Configuration = v.object({
  VersioningConfiguration: v.object({ Status: v.picklist(['Enabled', 'Suspended']) }),
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning: Operation = async (context) => {
  const config = bucketOf(context).configs.get('versioning');
  return config.kind === 'set' ? xmlDocument(config.document) : xmlResponse(xml('VersioningConfiguration', ''));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning: Operation = async (context) => {
  const bucket = bucketOf(context);
  const document = await context.body.text(MAX_BODY);
  parseShape(document, Configuration);
  await bucket.configs.set('versioning', document);
  return emptyResponse(200);
};

/** Whether a bucket keeps versions. */
export function versioningOf({ configs }: Bucket): Versioning {
  const config = configs.get('versioning');
  return config.kind === 'set' ? parseShape(config.document, Configuration).VersioningConfiguration.Status : 'off';
}

/**
 * The object that a request reads: that of its key, or the version that it names.
 * @throws {S3Error} NoSuchKey, NoSuchVersion, or MethodNotAllowed for a version that is a delete marker.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html
 */
export function readObject(context: OperationContext): ObjectRecord {
  return findObject(bucketOf(context), keyOf(context), context.request.query.get('versionId'));
}

/** @param versionId - `undefined` for the newest. @throws {S3Error} As `readObject`. */
export function findObject({ objects }: Bucket, key: string, versionId: string | undefined): ObjectRecord {
  const object = versionId === undefined ? objects.latest(key) : objects.version(key, versionId);
  const headers = object?.deleteMarker ? { 'x-amz-delete-marker': 'true', ...versionHeaders(object) } : {};
  if (object && !object.deleteMarker) return object;
  if (versionId === undefined) throw new S3Error('NoSuchKey', { details: { Key: key }, headers });
  if (object) throw new S3Error('MethodNotAllowed', { headers });
  throw new S3Error('NoSuchVersion', { details: { Key: key, VersionId: versionId } });
}

/** The header that tells which version a request read or made; none where no versions are kept. */
export function versionHeaders({ versionId }: Pick<ObjectRecord, 'versionId'>): Readonly<Record<string, string>> {
  return versionId === undefined ? {} : { 'x-amz-version-id': versionId };
}

/** The name of a version in XML. */
export function versionName({ versionId }: Pick<ObjectRecord, 'versionId'>): string {
  return versionId ?? NULL_VERSION;
}
