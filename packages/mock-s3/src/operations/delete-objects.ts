import * as v from 'valibot';
import { xmlResponse } from '../http/s3-response.ts';
import { S3Error } from '../s3-error.ts';
import { parseShape, xmlText } from '../xml/parse-xml.ts';
import { xml } from '../xml/write-xml.ts';
import { bucketOf, type Operation } from './operation.ts';

const MAX_BODY = 2 * 1024 * 1024;

const DeleteBody = v.object({
  Delete: v.object({
    Quiet: v.optional(v.string()),
    Object: v.pipe(
      v.array(v.object({ Key: v.pipe(xmlText, v.minLength(1)), VersionId: v.optional(v.string()) })),
      v.minLength(1),
      v.maxLength(1000),
    ),
  }),
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects: Operation = async (context) => {
  const { objects } = bucketOf(context);
  const { Delete } = parseShape(await context.body.text(MAX_BODY), DeleteBody);
  if (Delete.Object.some(({ VersionId }) => VersionId !== undefined && VersionId !== 'null')) {
    throw new S3Error('NotImplemented', { details: { Element: 'VersionId' } });
  }
  for (const { Key } of Delete.Object) await objects.delete(Key);
  const told = Delete.Quiet?.trim().toLowerCase() === 'true' ? [] : Delete.Object;
  return xmlResponse(
    xml(
      'DeleteResult',
      told.map(({ Key }) => xml('Deleted', [xml('Key', Key)])),
    ),
  );
};
