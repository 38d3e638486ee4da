/** `@aws-sdk/lib-storage` 3 with its defaults: four parts of 5 MiB at a time, each with a CRC32; signed in the page. */
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type Adapter, call } from '../adapter.ts';

interface Place {
  accessKeyId: string;
  secretAccessKey: string;
  endpoint: string;
  bucket: string;
  region: string;
  key: string;
}

/** Files at once, as `@aws-sdk/lib-storage` has parts. */
const LANES = 4;

export const upload: Adapter = async ({ files, partSize }) => {
  return async () => {
    const { endpoint, bucket, region, key, ...credentials } = await call<Place>('credentials');
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    const left = [...files.entries()];
    const lane = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const [index, file] = next;
        const params = { Bucket: bucket, Key: `${key}/${index}`, Body: file };
        await new Upload({ client, params, ...(partSize !== undefined && { partSize }) }).done();
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  };
};
