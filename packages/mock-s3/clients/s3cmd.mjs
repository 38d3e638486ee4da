import assert from 'node:assert/strict';
import { join } from 'node:path';
import { holds, MiB, makeFile, run, sameBytes, versionOf } from './tools.mjs';

/** s3cmd, with its default settings but for the address. */
export const s3cmd = {
  name: 's3cmd',
  version: () => versionOf('s3cmd', ['--version'], /version (\S+)/),
  steps: ({ store, bucket, folder }) => {
    const { accessKeyId, secretAccessKey } = store.credentials[0];
    const host = new URL(store.endpoint).host;
    const call = (...args) =>
      run('s3cmd', [
        '--config=/dev/null',
        `--access_key=${accessKeyId}`,
        `--secret_key=${secretAccessKey}`,
        `--host=${host}`,
        `--host-bucket=${host}`,
        '--no-ssl',
        `--region=${store.region}`,
        ...args,
      ]);
    const at = (key) => `s3://${bucket}/${key}`;
    let small;
    return {
      put: async () => {
        small = await makeFile(folder, 's3cmd-small', 1000);
        await call('put', small.path, at('a b/ü'));
        await holds(store, 'a b/ü', small.bytes);
      },
      get: async () => {
        const target = join(folder, 's3cmd-back');
        await call('get', '--force', at('a b/ü'), target);
        await sameBytes(target, small.bytes);
      },
      list: async () => assert.match(await call('ls', '--recursive', `s3://${bucket}`), /a b\/ü/),
      multipart: async () => {
        const { path, bytes } = await makeFile(folder, 's3cmd-large', 12 * MiB);
        await call('put', '--multipart-chunk-size-mb=5', path, at('large'));
        await holds(store, 'large', bytes);
      },
      abort: async () => {
        const uploadId = await createUpload(store);
        assert.match(await call('multipart', `s3://${bucket}`), new RegExp(uploadId));
        await call('abortmp', at('aborted'), uploadId);
        assert.equal(store.multipartUploads(bucket).length, 0);
      },
      copy: async () => {
        await call('cp', at('a b/ü'), at('copy'));
        await holds(store, 'copy', small.bytes);
      },
      delete: async () => {
        await call('del', '--recursive', '--force', `s3://${bucket}`);
        assert.equal(store.objects(bucket).length, 0);
      },
    };
  },
};

/** s3cmd has no way to leave an upload open on purpose. */
async function createUpload(store) {
  const { S3Client, CreateMultipartUploadCommand } = await import('@aws-sdk/client-s3');
  const { endpoint, region, credentials } = store;
  const client = new S3Client({ endpoint, region, credentials: credentials[0], forcePathStyle: true });
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'uploads', Key: 'aborted' }));
  client.destroy();
  return UploadId;
}
