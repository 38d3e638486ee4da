/** The files of docs/deployment.md, written as they are printed there, and used. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import type { StoredFile, UploadEvent } from '@portage/server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the module for its types.
import { recipeOf } from '../../../scripts/release/recipes.mjs';

// Files of 20 MiB over real sockets, and a database that is set up. In milliseconds.
vi.setConfig({ testTimeout: 60_000 });

const page = readFileSync(new URL('../../../docs/deployment.md', import.meta.url), 'utf8');
const folder = fileURLToPath(new URL('../.deployed', import.meta.url));
const printed = (heading: string, path: string) => recipeOf(page, heading).files.get(path) ?? '';

/** A fresh copy of a printed module. */
let copies = 0;
async function load(heading: string, path: string, change = (code: string) => code) {
  const file = join(folder, String(copies++), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, change(printed(heading, path)));
  return import(/* @vite-ignore */ file);
}

it('compiles as it is printed, and has every file that the page names', () => {
  const headings = [
    'Secrets',
    'A container',
    'AWS Lambda',
    'Cloudflare Workers',
    'A database in `onComplete`',
    'Metrics',
  ];
  const files = headings.flatMap((heading) => [...recipeOf(page, heading).files]);
  expect(files.map(([path]) => path)).toEqual([
    ...['uploads.ts', 'server.mjs', 'Dockerfile', 'compose.yaml', 'lambda.ts', 'worker.ts', 'wrangler.jsonc'],
    ...['schema.sql', 'save-upload.ts', 'metrics.ts', 'prometheus.yml', 'uploads.rules.yml'],
  ]);
  const at = join(folder, 'types');
  mkdirSync(at, { recursive: true });
  for (const [path, code] of files) if (/\.m?[jt]s$/.test(path)) writeFileSync(join(at, path), code);
  // As `wrangler types` declares it, of the settings.
  const workers = "declare module 'cloudflare:workers' { export const env: Record<string, string | undefined> }";
  writeFileSync(join(at, 'workers.d.ts'), workers);
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['ES2022', 'DOM'], module: 'nodenext', strict: true, noEmit: true, types: ['node'] },
    ...{ allowJs: true, checkJs: true, skipLibCheck: true, noPropertyAccessFromIndexSignature: true },
  };
  writeFileSync(join(at, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*'] }));
  writeFileSync(join(at, 'package.json'), JSON.stringify({ type: 'module' }));
  const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
  expect(spawnSync(process.execPath, [tsc, '--project', at], { encoding: 'utf8' }).stdout).toBe('');
});

const BUCKET = 'deployed';
const OLD = 'the secret until today of more than 32 characters';
const NEW = 'the secret from today on of more than 32 characters';
const MiB = 1024 * 1024;

let store: MockS3;
beforeAll(async () => {
  store = await createMockS3({ buckets: [BUCKET] });
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  vi.stubEnv('S3_BUCKET', BUCKET);
  vi.stubEnv('S3_ENDPOINT', store.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('UPLOADS_SECRET', OLD);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  await store.close();
});

interface Signed {
  token: string;
  partSize: number;
  requests: { partNumber: number; request: { method: string; url: string; headers: Record<string, string> } }[];
}

const sendParts = ({ requests, partSize }: Signed, bytes: Uint8Array<ArrayBuffer>) =>
  Promise.all(
    requests.map(async ({ partNumber, request: { method, url, headers } }) => {
      const body = bytes.slice((partNumber - 1) * partSize, partNumber * partSize);
      const response = await fetch(url, { method, headers, body });
      return { partNumber, etag: response.headers.get('etag') };
    }),
  );

describe('AWS Lambda', () => {
  interface Result {
    statusCode: number;
    headers?: Record<string, string>;
    multiValueHeaders?: Record<string, string[]>;
    cookies?: string[];
    body: string;
    isBase64Encoded: boolean;
  }
  type Handler = (event: object, context: object) => Promise<Result>;

  const CONTEXT = {
    functionName: 'uploads',
    awsRequestId: 'a1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:1:function:uploads',
  };
  const CALLER = '203.0.113.7';

  /** Payload 2.0, as an HTTP API and a function URL send it: header names in small letters, cookies apart. */
  const second = (method: string, path: string, body: string | undefined, cookies?: string[], isBase64 = false) => ({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: 'a=1&a=2&b=%C3%BC',
    ...(cookies && { cookies }),
    headers: {
      accept: '*/*',
      'content-type': 'application/json',
      host: 'abcdefghij.lambda-url.eu-west-1.on.aws',
      'sec-fetch-site': 'same-origin',
      'user-agent': 'a browser',
      'x-forwarded-for': CALLER,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: { a: '1,2', b: 'ü' },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abcdefghij',
      domainName: 'abcdefghij.lambda-url.eu-west-1.on.aws',
      domainPrefix: 'abcdefghij',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: CALLER, userAgent: 'a browser' },
      requestId: 'e1506fd5-9e7b-434f-bd42-4f8fa224b599',
      routeKey: '$default',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: 1773342238000,
    },
    ...(body !== undefined && { body: isBase64 ? Buffer.from(body).toString('base64') : body }),
    isBase64Encoded: isBase64,
  });
  /** As a REST API sends it: every header as a list, too. */
  const first = (method: string, path: string, body: string | undefined, cookies: string[] = []) => {
    const headers: Record<string, string[]> = {
      Accept: ['*/*'],
      'Content-Type': ['application/json'],
      Host: ['abcdefghij.execute-api.eu-west-1.amazonaws.com'],
      ...(cookies.length > 0 && { Cookie: [cookies.join('; ')] }),
      'X-Forwarded-For': [CALLER, '198.51.100.1'],
    };
    return {
      resource: '/{proxy+}',
      path,
      httpMethod: method,
      headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.at(-1)])),
      multiValueHeaders: headers,
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      pathParameters: { proxy: path.slice(1) },
      stageVariables: null,
      requestContext: {
        path,
        httpMethod: method,
        stage: 'prod',
        identity: { sourceIp: CALLER, userAgent: 'a browser' },
      },
      body: body ?? null,
      isBase64Encoded: false,
    };
  };
  /** As a load balancer sends it. */
  const balanced = (method: string, path: string, body: string | undefined) => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/uploads/1' } },
    httpMethod: method,
    path,
    queryStringParameters: {},
    headers: { accept: '*/*', 'content-type': 'application/json', host: 'app.example', 'x-forwarded-for': CALLER },
    body: body ?? '',
    isBase64Encoded: false,
  });

  const textOf = ({ body, isBase64Encoded }: Result) =>
    isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;

  it.each([
    ['a function URL', (path: string, body: string) => second('POST', path, body)],
    ['a function URL that encodes the body', (path: string, body: string) => second('POST', path, body, [], true)],
    ['a REST API', (path: string, body: string) => first('POST', path, body)],
    ['a load balancer', (path: string, body: string) => balanced('POST', path, body)],
  ])('stores a file of 20 MiB by the events of %s', async (_, eventOf) => {
    const { handler } = (await load('AWS Lambda', 'lambda.ts')) as { handler: Handler };
    const call = async (operation: string, body: object) => {
      const result = await handler(eventOf(`/api/uploads/files/${operation}`, JSON.stringify(body)), CONTEXT);
      expect([result.statusCode, textOf(result)]).toEqual([200, expect.any(String)]);
      return JSON.parse(textOf(result));
    };
    const bytes = new Uint8Array(randomBytes(20 * MiB));
    const { files } = await call('create', {
      files: [{ name: 'Übersicht 日本.bin', size: bytes.length, type: '', partSize: 8 * MiB }],
    });
    const parts = await sendParts(files[0], bytes);
    expect(parts).toHaveLength(3);
    const { key } = await call('complete', { token: files[0].token, parts });
    expect(await store.sha256(BUCKET, key)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('hands cookies to `authorize`, and tells the address of the caller', async () => {
    const told: UploadEvent[] = [];
    vi.stubGlobal('told', told);
    const authorize = `authorize(request) {
      const [, userId] = /session=(\\w+)/.exec(request.headers.get('cookie') ?? '') ?? [];
      return userId ? { userId } : null;
    }`;
    const { handler } = (await load('AWS Lambda', 'lambda.ts', (code) =>
      code.replace('anonymous: true', authorize).replace('routes:', 'observe: (event) => told.push(event), routes:'),
    )) as { handler: Handler };
    const body = JSON.stringify({ files: [{ name: 'a.txt', size: 1, type: 'text/plain' }] });
    const path = '/api/uploads/files/create';
    for (const [event, status] of [
      [second('POST', path, body, ['theme=dark', 'session=ann']), 200],
      [second('POST', path, body), 401],
      [first('POST', path, body, ['theme=dark', 'session=ann']), 200],
      [first('POST', path, body), 401],
    ] as const)
      expect((await handler(event, CONTEXT)).statusCode).toBe(status);
    expect(told.filter(({ event }) => event === 'created')).toMatchObject([
      { userId: 'ann', address: CALLER },
      { userId: 'ann', address: CALLER },
    ]);
    vi.unstubAllGlobals();
  });

  it('answers what is no call as any server does', async () => {
    const { handler } = (await load('AWS Lambda', 'lambda.ts')) as { handler: Handler };
    const limits = await handler(second('GET', '/api/uploads/files', undefined), CONTEXT);
    expect(JSON.parse(textOf(limits))).toMatchObject({ maxSize: 100 * MiB });
    expect(limits.headers?.['content-type']).toContain('application/json');
    expect((await handler(second('POST', '/api/uploads/files/create', '{'), CONTEXT)).statusCode).toBe(400);
    expect((await handler(second('GET', '/elsewhere', undefined), CONTEXT)).statusCode).toBe(404);
    expect((await handler(second('GET', '/api/uploads/readyz', undefined), CONTEXT)).statusCode).toBe(200);
  });

  it('is called below the name of a stage', async () => {
    const { handler } = (await load('AWS Lambda', 'lambda.ts', (code) =>
      code.replaceAll("'/api/uploads", "'/prod/api/uploads"),
    )) as { handler: Handler };
    const body = JSON.stringify({ files: [{ name: 'a.txt', size: 1, type: 'text/plain' }] });
    const created = await handler(second('POST', '/prod/api/uploads/files/create', body), CONTEXT);
    expect([created.statusCode, JSON.parse(textOf(created)).files]).toMatchObject([200, [{ kind: 'multipart' }]]);
  });
});

describe('secrets', () => {
  afterEach(() => vi.stubEnv('UPLOADS_SECRET', OLD));

  type Uploads = (request: Request) => Promise<Response>;
  const serverWith = async (secrets: string) => {
    vi.stubEnv('UPLOADS_SECRET', secrets);
    return (await load('Secrets', 'uploads.ts')).uploads as Uploads;
  };
  const call = async (uploads: Uploads, operation: string, body: object) =>
    uploads(
      new Request(`http://localhost/api/uploads/files/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const begin = async (uploads: Uploads): Promise<Signed> => {
    const { files } = await (await call(uploads, 'create', { files: [{ name: 'a', size: 3, type: '' }] })).json();
    return files[0];
  };
  const end = async (uploads: Uploads, created: Signed) => {
    const parts = await sendParts(created, new Uint8Array([1, 2, 3]));
    return (await call(uploads, 'complete', { token: created.token, parts })).status;
  };

  it('change in three deploys, and every upload ends on the servers before and after', async () => {
    const deploys = [OLD, `${OLD},${NEW}`, `${NEW},${OLD}`, NEW];
    const begun: Signed[] = [];
    for (const [index, secrets] of deploys.entries()) {
      const server = await serverWith(secrets);
      const before = await serverWith(deploys[index - 1] ?? secrets);
      // While it rolls out: what begins at either server ends at the other.
      if (index < 3) {
        expect(await end(before, await begin(server))).toBe(200);
        expect(await end(server, await begin(before))).toBe(200);
      }
      // And what began a deploy earlier ends at this one, as long as its secret is listed.
      for (const created of begun.splice(0)) expect(await end(server, created)).toBe(index < 3 ? 200 : 403);
      begun.push(await begin(index < 2 ? server : await serverWith(OLD)));
    }
  });
});

describe('a database in onComplete', () => {
  const file: StoredFile = {
    ...{ id: 'a'.repeat(32), key: 'files/a/ü.txt', displayName: 'ü \'"; drop table uploads.txt', size: 5 * 1024 ** 4 },
    ...{ type: 'text/plain', etag: '"e"', location: 'https://store.example/a', meta: {} },
  };
  type Save = (db: PGlite, file: StoredFile, userId: string) => Promise<boolean>;

  it('writes one row for each upload, also where two calls come at the same time', async () => {
    const { saveUpload } = (await load('A database in `onComplete`', 'save-upload.ts')) as { saveUpload: Save };
    await using db = await PGlite.create();
    // It is run on every start, too.
    for (const _ of [1, 2]) await db.exec(printed('A database in `onComplete`', 'schema.sql'));
    expect(await saveUpload(db, file, 'ann')).toBe(true);
    expect(await saveUpload(db, file, 'ann')).toBe(false);
    const other = { ...file, id: 'b'.repeat(32) };
    const both = await Promise.all(Array.from({ length: 10 }, () => saveUpload(db, other, 'bob')));
    expect(both.filter(Boolean)).toEqual([true]);
    const { rows } = await db.query('select id, owner, key, name, size, type from uploads order by id');
    expect(rows).toEqual([
      { ...row(file), owner: 'ann' },
      { ...row(other), owner: 'bob' },
    ]);
  });

  const row = ({ id, key, displayName, size, type }: StoredFile) => ({ id, key, name: displayName, size, type });
});

describe('metrics', () => {
  it('are scraped, and have what the rules ask for', async () => {
    vi.stubEnv('METRICS_PORT', '0');
    const { metrics, scraped } = await load('Metrics', 'metrics.ts');
    if (!scraped.listening) await once(scraped, 'listening');
    metrics.observe({ event: 'refused', code: 'store-unavailable' });
    metrics.observe({ event: 'call', operation: 'create', duration: 20 });
    const response = await fetch(`http://127.0.0.1:${(scraped.address() as AddressInfo).port}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    const text = await response.text();
    const asked = [...printed('Metrics', 'uploads.rules.yml').matchAll(/portage_\w+(?:\{code="[^"]*"\})?/g)];
    expect(asked).toHaveLength(4);
    for (const [name] of asked) expect(text).toContain(`\n${name}`);
    scraped.close();
    scraped.closeAllConnections();
  });
});
