import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import * as s3 from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { holds, MiB, makeFile, sha256 } from './tools.mjs';

const { version } = createRequire(import.meta.url)('@aws-sdk/client-s3/package.json');

/** AWS's own SDK for JavaScript, with its default settings: checksums in trailers and all. */
export const awsSdk = {
  name: '@aws-sdk/client-s3 (lib-storage, presigner)',
  version: () => version,
  steps: ({ store, bucket, folder }) => {
    const client = new s3.S3Client({
      endpoint: store.endpoint,
      region: store.region,
      credentials: store.credentials[0],
      forcePathStyle: true,
    });
    const at = (Key) => ({ Bucket: bucket, Key });
    return {
      put: async () => {
        const { bytes } = await makeFile(folder, 'small', 1000);
        await client.send(new s3.PutObjectCommand({ ...at('a b/ü+'), Body: bytes, Metadata: { owner: 'ada' } }));
        const stream = { Body: Readable.from([bytes]), ContentLength: bytes.length };
        for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
          await client.send(new s3.PutObjectCommand({ ...at('stream'), Body: bytes, ChecksumAlgorithm }));
          const ChecksumMode = 'ENABLED';
          const { [`Checksum${ChecksumAlgorithm}`]: kept } = await client.send(
            new s3.HeadObjectCommand({ ...at('stream'), ChecksumMode }),
          );
          assert.ok(kept, `no ${ChecksumAlgorithm} was kept`);
        }
        await client.send(new s3.PutObjectCommand({ ...at('stream'), ...stream }));
        await holds(store, 'a b/ü+', bytes);
      },
      get: async () => {
        const { Body, Metadata } = await client.send(
          new s3.GetObjectCommand({ ...at('a b/ü+'), ChecksumMode: 'ENABLED' }),
        );
        assert.equal(sha256(await Body.transformToByteArray()), await store.sha256(bucket, 'a b/ü+'));
        assert.equal(Metadata?.owner, 'ada');
      },
      list: async () => {
        const { Contents } = await client.send(new s3.ListObjectsV2Command({ Bucket: bucket }));
        assert.deepEqual(
          Contents?.map(({ Key }) => Key),
          ['a b/ü+', 'stream'],
        );
        const old = await client.send(new s3.ListObjectsCommand({ Bucket: bucket, Prefix: 'a' }));
        assert.equal(old.Contents?.length, 1);
      },
      multipart: async () => {
        const { bytes } = await makeFile(folder, 'large', 12 * MiB);
        await new Upload({ client, params: { ...at('large'), Body: bytes } }).done();
        await holds(store, 'large', bytes);
        const streamed = new Upload({
          client,
          params: { ...at('large'), Body: Readable.from([bytes]), ChecksumAlgorithm: 'SHA256' },
        });
        await streamed.done();
        await holds(store, 'large', bytes);
      },
      abort: async () => {
        const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand(at('aborted')));
        await client.send(new s3.UploadPartCommand({ ...at('aborted'), UploadId, PartNumber: 1, Body: 'x' }));
        const { Parts } = await client.send(new s3.ListPartsCommand({ ...at('aborted'), UploadId }));
        assert.equal(Parts?.length, 1);
        await client.send(new s3.AbortMultipartUploadCommand({ ...at('aborted'), UploadId }));
        assert.equal(store.multipartUploads(bucket).length, 0);
      },
      copy: async () => {
        const CopySource = `${bucket}/${encodeURIComponent('a b/ü+')}`;
        await client.send(new s3.CopyObjectCommand({ ...at('copy'), CopySource }));
        assert.equal(await store.sha256(bucket, 'copy'), await store.sha256(bucket, 'a b/ü+'));
      },
      presigned: async () => {
        const put = await getSignedUrl(client, new s3.PutObjectCommand(at('presigned')));
        assert.equal((await fetch(put, { method: 'PUT', body: 'hello' })).status, 200);
        const get = await getSignedUrl(client, new s3.GetObjectCommand(at('presigned')));
        assert.equal(await (await fetch(get)).text(), 'hello');
      },
      delete: async () => {
        const Objects = store.objects(bucket).map(({ key }) => ({ Key: key }));
        await client.send(new s3.DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
        assert.equal(store.objects(bucket).length, 0);
        client.destroy();
      },
    };
  },
};
