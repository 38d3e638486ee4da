/** The policies of docs/deployment.md: what they allow is what was sent, feature by feature; and its rules are those that the doctor sets. */
import { readFileSync } from 'node:fs';
import { createMockS3, type MockS3, type OperationName } from '@portage/mock-s3';
import { createSigner } from '@portage/protocol/sigv4';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PDF, PNG } from '../../protocol/test/files.ts';
import { BUCKET, bytesOf, file, type Harness, MiB, sendAll, startServer } from '../test/harness.ts';
import { textsOf } from './doctor/rules.ts';
import { examine } from './doctor.ts';
import { type Routes, type S3Options, s3 } from './index.ts';

// Files of 11 MiB over real sockets. In milliseconds.
vi.setConfig({ testTimeout: 30_000 });

const page = readFileSync(new URL('../../../docs/deployment.md', import.meta.url), 'utf8');
const printed = (name: string) => {
  const [, json = ''] = new RegExp(`\`${name}\`:\n\n\`\`\`json\n(.*?)^\`\`\``, 'ms').exec(page) ?? [];
  return JSON.parse(json);
};
type Statement = { Sid: string; Action: string | string[]; Resource: string };
const allowed = (name: string): Record<string, string[]> =>
  Object.fromEntries(printed(name).Statement.map(({ Sid, Action }: Statement) => [Sid, [Action].flat()]));
const policy = allowed('policy.json');
const all = (...names: string[]) => names.flatMap((name) => policy[name] ?? [`no statement ${name}`]).toSorted();

/**
 * What Amazon asks for, of what the server and its pages send.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const ACTIONS: Partial<Record<OperationName, string[]>> = {
  CreateMultipartUpload: ['s3:PutObject'],
  UploadPart: ['s3:PutObject'],
  CompleteMultipartUpload: ['s3:PutObject'],
  PutObject: ['s3:PutObject'],
  CopyObject: ['s3:GetObject', 's3:PutObject'],
  UploadPartCopy: ['s3:GetObject', 's3:PutObject'],
  HeadObject: ['s3:GetObject'],
  GetObject: ['s3:GetObject'],
  DeleteObject: ['s3:DeleteObject'],
  AbortMultipartUpload: ['s3:AbortMultipartUpload'],
  ListParts: ['s3:ListMultipartUploadParts'],
  ListMultipartUploads: ['s3:ListBucketMultipartUploads'],
  ListObjectsV2: ['s3:ListBucket'],
  GetBucketCors: ['s3:GetBucketCORS'],
  PutBucketCors: ['s3:PutBucketCORS'],
  GetBucketLifecycleConfiguration: ['s3:GetLifecycleConfiguration'],
  PutBucketLifecycleConfiguration: ['s3:PutLifecycleConfiguration'],
  GetBucketPolicyStatus: ['s3:GetBucketPolicyStatus'],
  GetPublicAccessBlock: ['s3:GetBucketPublicAccessBlock'],
  Preflight: [],
};

/** What a request asks for beside its operation. */
function more({ url, method, headers }: Request): string[] {
  const named = url.includes('versionId=') || headers.get('x-amz-copy-source')?.includes('versionId=');
  const readsOrDeletes = method === 'DELETE' ? 's3:DeleteObjectVersion' : 's3:GetObjectVersion';
  return [
    ...(named ? [readsOrDeletes] : []),
    ...(headers.has('x-amz-tagging') ? ['s3:PutObjectTagging'] : []),
    ...(headers.has('x-amz-object-lock-mode') ? ['s3:PutObjectRetention'] : []),
    ...(headers.get('x-amz-server-side-encryption') === 'aws:kms' ? ['kms:GenerateDataKey', 'kms:Decrypt'] : []),
  ];
}

let store: MockS3;
let server: Harness;
let asked: Request[];
beforeEach(() => {
  asked = [];
});
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  await store.close();
});

async function start(routes: Routes, options: Partial<S3Options> = {}, of: object = {}) {
  store = await createMockS3({ buckets: [BUCKET], ...of });
  const { endpoint, credentials } = store;
  const watched: typeof fetch = (input, init) => {
    asked.push(new Request(input, init));
    return fetch(input, init);
  };
  const place = { endpoint, bucket: BUCKET, credentials: credentials[0], profile: 'mock' as const };
  const storage = s3({ ...place, fetch: watched, ...options });
  server = await startServer({ storage, routes });
}

/** Everything that was asked for so far, each action once. */
function needed(): string[] {
  const byOperation = store.journal.requests().flatMap(({ operation }) => {
    const actions = ACTIONS[operation];
    if (actions === undefined) throw new Error(`No action is known for ${operation}.`);
    return actions;
  });
  return [...new Set([...byOperation, ...asked.flatMap(more)])].toSorted();
}

/** A request of the owner of the bucket. */
async function own(method: string, query: string, body?: string): Promise<Response> {
  const url = `${store.endpoint}/${BUCKET}?${query}`;
  const signer = createSigner({ ...store.credentials[0], region: store.region });
  const { headers } = signer.sign({ method, url, headers: {}, at: Date.now() });
  return fetch(url, { method, headers, ...(body !== undefined && { body }) });
}

async function upload(route: string, bytes: Uint8Array<ArrayBuffer>, intent: object = {}) {
  const created = await server.create({ ...file('a.png', bytes.length, { type: 'image/png' }), ...intent }, route);
  const parts = await sendAll(created, bytes);
  return server.post<{ key: string }>(`/${route}/complete`, { token: created.token, parts });
}

/** Every way that a file of a route goes. */
const ROUTES: Routes = {
  files: { anonymous: true },
  pictures: { anonymous: true, accept: ['image/*'] },
  kept: { anonymous: true, accept: ['image/*'], quarantine: { prefix: 'refused/' } },
  named: { anonymous: true, key: ({ name }) => name, overwrite: true },
};
async function everyWay() {
  expect((await upload('files', bytesOf(11 * MiB), { name: 'a.bin', type: '', partSize: 5 * MiB })).status).toBe(200);
  expect((await upload('pictures', PNG)).status).toBe(200);
  expect((await upload('pictures', PDF)).status).toBe(415);
  expect((await upload('kept', PDF)).status).toBe(415);
  for (const _ of [1, 2]) expect((await upload('named', PNG)).status).toBe(200);
  const left = await server.create(file('left.bin', 11 * MiB, { partSize: 5 * MiB }));
  expect((await server.post('/files/parts', { token: left.token })).status).toBe(200);
  expect((await server.post('/files/abort', { token: left.token })).status).toBe(200);
}
async function afterwards() {
  const files = server.uploads.files('pictures', 'everybody');
  for await (const { key } of files.list()) {
    await files.head(key);
    expect((await fetch(await files.url(key))).status).toBe(200);
    await files.delete(key);
  }
}

it('allows what every route needs, and no more', async () => {
  await start(ROUTES);
  await everyWay();
  await afterwards();
  expect(needed()).toEqual(all('Uploads', 'TellsMissingFromForbidden'));
});

it('allows one more for `abortStale`', async () => {
  await start(ROUTES);
  await everyWay();
  await afterwards();
  await server.create(file('left.bin', MiB));
  await server.uploads.abortStale({ olderThan: 0 });
  expect(needed()).toEqual(all('Uploads', 'TellsMissingFromForbidden', 'AbortStale'));
});

it('allows what a bucket with versions needs', async () => {
  await start(ROUTES);
  const body = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
  expect((await own('PUT', 'versioning', body)).status).toBe(200);
  store.journal.clear();
  await everyWay();
  await afterwards();
  expect(needed()).toEqual(all('Uploads', 'TellsMissingFromForbidden', 'BucketWithVersions'));
});

it.each<[string, Record<string, string>]>([
  ['Tags', { 'x-amz-tagging': 'kind=upload' }],
  ['OwnKeyOfKms', { 'x-amz-server-side-encryption': 'aws:kms' }],
  [
    'ObjectLock',
    { 'x-amz-object-lock-mode': 'COMPLIANCE', 'x-amz-object-lock-retain-until-date': '2027-01-01T00:00:00Z' },
  ],
])('allows what headers of the store ask for: %s', async (name, headers) => {
  await start({ files: { anonymous: true } }, { headers });
  // The mock store keeps no tags, has no keys and this bucket no locks: it refuses what it is asked for here.
  await upload('files', PNG).catch(() => undefined);
  expect([...new Set(asked.flatMap(more))].toSorted()).toEqual(all(name));
});

it('allows the doctor to look, and to set its rules, which are those that are printed', async () => {
  await start(ROUTES, {}, { cors: false });
  const { endpoint, credentials } = store;
  const storage = { endpoint, bucket: BUCKET, credentials: credentials[0], profile: 'mock' as const };
  const origins = ['https://app.example'];
  const doctor = allowed('doctor-policy.json');
  const ofServer = new Set(all('Uploads', 'TellsMissingFromForbidden'));
  const others = () => needed().filter((action) => !ofServer.has(action));
  await examine({ storage, origins });
  expect(others()).toEqual(doctor['DoctorLooks']?.toSorted());
  await examine({ storage, origins, fix: true });
  expect(others()).toEqual([...(doctor['DoctorLooks'] ?? []), ...(doctor['DoctorFixes'] ?? [])].toSorted());

  const [cors] = printed('cors.json').CORSRules;
  const set = await (await own('GET', 'cors')).text();
  for (const [element, printedAs] of Object.entries(CORS))
    expect(textsOf(set, element), element).toEqual([cors[printedAs]].flat().map(String));
  const [{ ID, Status, Filter, AbortIncompleteMultipartUpload }] = printed('lifecycle.json').Rules;
  const rule = `<ID>${ID}</ID><Filter><Prefix>${Filter.Prefix}</Prefix></Filter><Status>${Status}</Status>`;
  const days = `<DaysAfterInitiation>${AbortIncompleteMultipartUpload.DaysAfterInitiation}</DaysAfterInitiation>`;
  const swept = await (await own('GET', 'lifecycle')).text();
  expect(swept.replace('<Prefix/>', '<Prefix></Prefix>')).toContain(rule);
  expect(swept).toContain(days);
});

/** Elements of CORS rules, and how the JSON of Amazon's tools calls them. */
const CORS = {
  ...{ ID: 'ID', AllowedOrigin: 'AllowedOrigins', AllowedMethod: 'AllowedMethods', AllowedHeader: 'AllowedHeaders' },
  ...{ ExposeHeader: 'ExposeHeaders', MaxAgeSeconds: 'MaxAgeSeconds' },
};
