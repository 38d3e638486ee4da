import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { holds, MiB, makeFile, run, sameBytes, sha256, versionOf } from './tools.mjs';

/** rclone, with its default settings but for the address. */
export const rclone = {
  name: 'rclone',
  version: () => versionOf('rclone', ['version'], /rclone v(\S+)/),
  steps: ({ store, bucket, folder }) => {
    const { accessKeyId, secretAccessKey } = store.credentials[0];
    const env = {
      ...withoutCaBundle(process.env),
      RCLONE_CONFIG: '/dev/null',
      RCLONE_CONFIG_STORE_TYPE: 's3',
      RCLONE_CONFIG_STORE_PROVIDER: 'Other',
      RCLONE_CONFIG_STORE_ENDPOINT: store.endpoint,
      RCLONE_CONFIG_STORE_ACCESS_KEY_ID: accessKeyId,
      RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY: secretAccessKey,
      RCLONE_CONFIG_STORE_REGION: store.region,
    };
    const call = (...args) => run('rclone', args, { env });
    const at = (key) => `store:${bucket}/${key}`;
    const multipart = ['--s3-upload-cutoff=5M', '--s3-chunk-size=5M'];
    let small;
    return {
      put: async () => {
        small = await makeFile(folder, 'rclone-small', 1000);
        await call('copyto', small.path, at('a b/ü'));
        await holds(store, 'a b/ü', small.bytes);
      },
      get: async () => {
        const target = join(folder, 'rclone-back');
        await call('copyto', at('a b/ü'), target);
        await sameBytes(target, small.bytes);
      },
      list: async () => assert.match(await call('lsf', '--recursive', `store:${bucket}`), /a b\/ü/),
      multipart: async () => {
        const { path, bytes } = await makeFile(folder, 'rclone-large', 12 * MiB);
        await call('copyto', ...multipart, path, at('large'));
        await holds(store, 'large', bytes);
      },
      abort: async () => {
        // Interrupted, rclone aborts what it has begun.
        const { path } = await makeFile(folder, 'rclone-aborted', 30 * MiB);
        const remove = store.faults.add({ operation: 'UploadPart', fault: { kind: 'bandwidth', bytesPerSecond: MiB } });
        const child = spawn('rclone', ['copyto', ...multipart, path, at('aborted')], { env, stdio: 'ignore' });
        await store.journal.began({ operation: 'UploadPart', key: 'aborted' }, { signal: AbortSignal.timeout(20_000) });
        child.kill('SIGINT');
        await once(child, 'exit');
        remove();
        await call('backend', 'cleanup', `store:${bucket}`, '-o', 'max-age=0s');
        assert.equal(store.multipartUploads(bucket).length, 0);
      },
      copy: async () => {
        await call('copyto', at('a b/ü'), at('copy'));
        await holds(store, 'copy', small.bytes);
      },
      presigned: async () => {
        const url = (await call('link', '--expire=1h', at('a b/ü'))).trim();
        assert.equal(sha256(Buffer.from(await (await fetch(url)).arrayBuffer())), sha256(small.bytes));
      },
      delete: async () => {
        await call('delete', `store:${bucket}`);
        assert.equal(store.objects(bucket).length, 0);
      },
    };
  },
};

/** rclone does not start where this names certificates of one's own; the store speaks plain HTTP. */
function withoutCaBundle({ AWS_CA_BUNDLE: _, ...env }) {
  return env;
}
