import { fileURLToPath } from 'node:url';
import { run, versionOf } from './tools.mjs';

const SCRIPT = fileURLToPath(new URL('./boto3_steps.py', import.meta.url));
const PYTHON = '/usr/bin/python3';

/** AWS's SDK for Python; each step is one run of a script beside this. */
export const boto3 = {
  name: 'boto3',
  version: () => versionOf(PYTHON, ['-c', 'import boto3; print(boto3.__version__)'], /^(\S+)/),
  steps: ({ store, bucket, folder }) => {
    const { accessKeyId, secretAccessKey } = store.credentials[0];
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: store.region,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const names = ['put', 'get', 'list', 'multipart', 'abort', 'copy', 'presigned', 'delete'];
    return Object.fromEntries(
      names.map((name) => [name, () => run(PYTHON, [SCRIPT, name, store.endpoint, bucket, folder], { env })]),
    );
  },
};
