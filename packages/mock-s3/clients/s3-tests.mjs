// Runs the upload subset of Ceph's s3-tests against the store, and says which pass. Needs a build, a checkout of
// https://github.com/ceph/s3-tests, and what it imports: on Debian, as root, it is installed.
//   npm run test:s3-tests -- path/to/s3-tests [-k another_expression] [--python path/to/python]
// The boto3 of this machine's Debian may be older than some of the tests: then the newest that Debian has is unpacked into a
// folder, with a Python of its own. `--python` names another one, with boto3, awscrt, pytest, munch, isodate, pytz, requests.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { unpackSuite } from '../../../scripts/debian-suite.mjs';
import { createMockS3 } from '../dist/index.js';

/** Multipart, presigned, POST policy, CORS, checksums, conditions; all but encryption. */
const UPLOADS =
  '(multipart or presigned or post_object or cors or checksum or match or conditional or modified)' +
  ' and not (sse or kms or encryption)';
const DEBIAN = [
  'python3-boto3',
  'python3-awscrt',
  'python3-dateutil',
  'python3-pytest',
  'python3-munch',
  'python3-isodate',
  'python3-tz',
  'python3-requests',
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    k: { type: 'string', short: 'k', default: UPLOADS },
    python: { type: 'string' },
  },
});
const [checkout] = positionals;
if (checkout === undefined || !existsSync(join(checkout, 's3tests/functional/test_s3.py'))) {
  console.error('Name a checkout: git clone https://github.com/ceph/s3-tests, then npm run test:s3-tests -- s3-tests');
  process.exit(2);
}

const USERS = ['s3 main', 's3 alt', 's3 tenant', 'iam', 'iam root', 'iam alt root'];
const credentials = USERS.map((name) => ({
  accessKeyId: `key-of-${name.replaceAll(' ', '-')}`,
  secretAccessKey: `secret-of-${name.replaceAll(' ', '-')}`,
}));
const folder = await mkdtemp(join(tmpdir(), 'mock-s3-ceph-'));
const python = values.python === undefined ? await newestPython() : { command: [values.python], env: process.env };
// No CORS rules but those that a test sets; all else as Ceph has it, whose tests these are.
const store = await createMockS3({ credentials, cors: false, mimic: 'ceph' });
const config = join(folder, 's3tests.conf');
await writeFile(config, configOf(store));

const args = ['-m', 'pytest', '-q', '-rfE', '--tb=line', '-p', 'no:cacheprovider', '-k', values.k];
const [file, ...before] = python.command;
const child = spawn(file, [...before, ...args, 's3tests/functional/test_s3.py'], {
  cwd: resolve(checkout),
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...python.env, S3TEST_CONF: config, AWS_EC2_METADATA_DISABLED: 'true', PYTHONDONTWRITEBYTECODE: '1' },
});
let said = '';
child.stdout.on('data', (bytes) => {
  said += bytes;
  process.stdout.write(bytes);
});
process.exitCode = await new Promise((done) => child.once('close', done));
const neverSent = said.match(
  /^E +(?:\w+\.)*(?:ParamValidationError|AttributeError|MissingDependency|UnknownService|AwsCrtError).*/gm,
);
console.log(
  `Of those that failed, ${neverSent?.length ?? 0} failed in the client, and not by a response from the store.`,
);
await store.close();
await rm(folder, { recursive: true, force: true });

/** @see https://github.com/ceph/s3-tests/blob/master/s3tests.conf.SAMPLE */
function configOf({ host, port }) {
  const users = USERS.flatMap((name, index) => [
    `[${name}]`,
    `access_key = ${credentials[index].accessKeyId}`,
    `secret_key = ${credentials[index].secretAccessKey}`,
    // Everything in the store belongs to one owner.
    'user_id = 75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a',
    'display_name = mock-s3',
    'email = portage@example.com',
    'tenant = portage',
    'api_name = us-east-1',
  ]);
  const address = ['[DEFAULT]', `host = ${host}`, `port = ${port}`, 'is_secure = no', 'ssl_verify = no'];
  return [...address, '[fixtures]', 'bucket prefix = portage-{random}-', ...users, ''].join('\n');
}

/** Python with the newest boto3 that Debian has. */
async function newestPython() {
  const cache = join(import.meta.dirname, '../../../node_modules/.cache/portage-s3-tests');
  const { command, env, versions } = await unpackSuite([...DEBIAN, 'python3'], { suite: 'sid', folder, cache });
  console.log(`boto3 ${versions['python3-boto3']}`);
  return { command: command('python3'), env };
}
