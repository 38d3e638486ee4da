import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { holds, MiB, makeFile, run, sameBytes, sha256, versionOf } from './tools.mjs';

/** s3cmd, with its default settings but for the address. */
export const s3cmd = {
  name: 's3cmd',
  version: () => versionOf('s3cmd', ['--version'], /version (\S+)/),
  steps: ({ store, bucket, folder }) => {
    const { accessKeyId, secretAccessKey } = store.credentials[0];
    const host = new URL(store.endpoint).host;
    const options = [
      '--config=/dev/null',
      `--access_key=${accessKeyId}`,
      `--secret_key=${secretAccessKey}`,
      `--host=${host}`,
      `--host-bucket=${host}`,
      '--no-ssl',
      `--region=${store.region}`,
    ];
    const call = (...args) => run('s3cmd', [...options, ...args]);
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
      list: async () => {
        assert.match(await call('ls', '--recursive', `s3://${bucket}`), /a b\/ü/);
        assert.match(await call('info', at('a b/ü')), /File size:\s+1000/);
        assert.match(await call('info', `s3://${bucket}`), /Payer:\s+BucketOwner/);
      },
      presigned: async () => {
        // Signature Version 2 in the query.
        const url = (await call('signurl', at('a b/ü'), '+600')).trim();
        assert.match(url, /[?&]AWSAccessKeyId=/);
        const { bytes } = small;
        assert.equal(sha256(Buffer.from(await (await fetch(url)).arrayBuffer())), sha256(bytes));
      },
      multipart: async () => {
        const { path, bytes } = await makeFile(folder, 's3cmd-large', 12 * MiB);
        await call('put', '--multipart-chunk-size-mb=5', path, at('large'));
        await holds(store, 'large', bytes);
      },
      abort: async () => {
        const uploadId = await leaveUpload(folder, (...args) => start([...options, ...args]), at('aborted'), store);
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

const start = (args) => spawn('s3cmd', args, { stdio: 'ignore' });

/** An upload that s3cmd began and was killed over: interrupted, it would abort it by itself. @returns Its id. */
async function leaveUpload(folder, begin, target, store) {
  const { path } = await makeFile(folder, 's3cmd-aborted', 12 * MiB);
  const remove = store.faults.add({ operation: 'UploadPart', fault: { kind: 'stall' } });
  const child = begin('put', '--multipart-chunk-size-mb=5', path, target);
  const exited = once(child, 'exit');
  await store.journal.began({ operation: 'UploadPart', key: 'aborted' }, { signal: AbortSignal.timeout(20_000) });
  child.kill('SIGKILL');
  await exited;
  await store.journal.ended({ operation: 'UploadPart', key: 'aborted' }, { signal: AbortSignal.timeout(20_000) });
  remove();
  const [upload] = store.multipartUploads('uploads');
  return upload.uploadId;
}
