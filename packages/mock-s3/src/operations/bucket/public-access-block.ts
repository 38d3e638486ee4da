import * as v from 'valibot';
import { S3Error } from '../../errors/s3-error.ts';
import { emptyResponse, xmlDocument, xmlResponse } from '../../http/s3-response.ts';
import { parseShape } from '../../xml/parse-xml.ts';
import { xml } from '../../xml/write-xml.ts';
import { bucketOf, type Operation } from '../operation.ts';

const MAX_BODY = 64 * 1024;

const SETTINGS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

const flag = v.optional(v.picklist(['true', 'false', 'TRUE', 'FALSE']));

const PublicAccessBlock = v.object({
  PublicAccessBlockConfiguration: v.object({
    BlockPublicAcls: flag,
    IgnorePublicAcls: flag,
    BlockPublicPolicy: flag,
    RestrictPublicBuckets: flag,
  }),
});

/**
 * A bucket that was never told otherwise blocks all public access, as new ones at AWS do; and so this store behaves,
 * whatever it is told.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html
 */
export const getPublicAccessBlock: Operation = async (context) => {
  const config = bucketOf(context).configs.get('publicAccessBlock');
  switch (config.kind) {
    case 'set':
      return xmlDocument(config.document);
    case 'deleted':
      throw new S3Error('NoSuchPublicAccessBlockConfiguration');
    case 'never-set':
      return xmlResponse(
        xml(
          'PublicAccessBlockConfiguration',
          SETTINGS.map((name) => xml(name, true)),
        ),
      );
  }
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const putPublicAccessBlock: Operation = async (context) => {
  const bucket = bucketOf(context);
  const document = await context.body.text(MAX_BODY);
  parseShape(document, PublicAccessBlock);
  await bucket.configs.set('publicAccessBlock', document);
  return emptyResponse(200);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock: Operation = async (context) => {
  await bucketOf(context).configs.delete('publicAccessBlock');
  return emptyResponse(204);
};
