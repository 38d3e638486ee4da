// Runs the upload subset of Ceph's s3-tests against the store, and says which pass. Needs a build, a checkout of
// https://github.com/ceph/s3-tests, and what it imports: on Debian, as root, it is installed.
//   npm run test:s3-tests -- path/to/s3-tests [-k another_expression] [--python path/to/python]
// Debian's boto3 is older than some of the tests: a virtual environment with boto3, awscrt, pytest, munch, isodate, pytz
// and requests from PyPI runs all of them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createMockS3 } from '../dist/index.js';

/** Multipart, presigned, POST policy, CORS, checksums, conditions; all but encryption. */
const UPLOADS =
  '(multipart or presigned or post_object or cors or checksum or match or conditional or modified)' +
  ' and not (sse or kms or encryption)';
const DEBIAN = [
  'python3-boto3',
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
    python: { type: 'string', default: '/usr/bin/python3' },
  },
});
const [checkout] = positionals;
if (checkout === undefined || !existsSync(join(checkout, 's3tests/functional/test_s3.py'))) {
  console.error('Name a checkout: git clone https://github.com/ceph/s3-tests, then npm run test:s3-tests -- s3-tests');
  process.exit(2);
}
installMissing();

const USERS = ['s3 main', 's3 alt', 's3 tenant', 'iam', 'iam root', 'iam alt root'];
const credentials = USERS.map((name) => ({
  accessKeyId: `key-of-${name.replaceAll(' ', '-')}`,
  secretAccessKey: `secret-of-${name.replaceAll(' ', '-')}`,
}));
const folder = await mkdtemp(join(tmpdir(), 'mock-s3-ceph-'));
// No CORS rules but those that a test sets; all else as Ceph has it, whose tests these are.
const store = await createMockS3({ credentials, cors: false, mimic: 'ceph' });
const config = join(folder, 's3tests.conf');
await writeFile(config, configOf(store));

const args = ['-m', 'pytest', '-q', '-rfE', '--tb=line', '-p', 'no:cacheprovider', '-k', values.k];
const child = spawn(values.python, [...args, 's3tests/functional/test_s3.py'], {
  cwd: resolve(checkout),
  stdio: 'inherit',
  env: { ...process.env, S3TEST_CONF: config, AWS_EC2_METADATA_DISABLED: 'true', PYTHONDONTWRITEBYTECODE: '1' },
});
process.exitCode = await new Promise((done) => child.once('exit', done));
await store.close();
await rm(folder, { recursive: true, force: true });

/** @see https://github.com/ceph/s3-tests/blob/master/s3tests.conf.SAMPLE */
function configOf({ host, port }) {
  const users = USERS.flatMap((name, index) => [
    `[${name}]`,
    `access_key = ${credentials[index].accessKeyId}`,
    `secret_key = ${credentials[index].secretAccessKey}`,
    'user_id = portage',
    'display_name = Portage',
    'email = portage@example.com',
    'tenant = portage',
    'api_name = us-east-1',
  ]);
  const address = ['[DEFAULT]', `host = ${host}`, `port = ${port}`, 'is_secure = no', 'ssl_verify = no'];
  return [...address, '[fixtures]', 'bucket prefix = portage-{random}-', ...users, ''].join('\n');
}

function installMissing() {
  const modules = 'import boto3, pytest, munch, isodate, pytz, requests';
  if (spawnSync(values.python, ['-c', modules]).status === 0) return;
  if (values.python !== '/usr/bin/python3' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`Python lacks some of these: ${modules}. On Debian: apt-get install ${DEBIAN.join(' ')}`);
    process.exit(2);
  }
  const run = (...rest) => spawnSync('apt-get', rest, { stdio: 'inherit', timeout: 300_000 });
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', ...DEBIAN);
}
