import type { Created } from '@portage/protocol';
import { WIRE_ERRORS } from '@portage/protocol';
import { createSigner } from '@portage/protocol/sigv4';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CREDENTIALS, createTenants, type Elsewhere, FOLDERS, USERS, type User } from '../test/tenants.ts';

const MiB = 1024 * 1024;

/** `node packages/server/bench/property.mjs` runs 100,000. */
const RUNS = Number(process.env['PORTAGE_PROPERTY_RUNS'] ?? 400);
/** Enough for each theft to be tried about twenty times: none of them is missed by chance. */
const THEFTS = Math.max(400, RUNS / 4);

const DAY = 24 * 3_600_000;
const start = Date.now();
let now = start;
const errors: unknown[] = [];
const server = (elsewhere: Elsewhere = {}) =>
  createTenants(
    (error) => errors.push(error),
    () => now,
    elsewhere,
  );
const uploads = server();
/** Others with the same secret, or the same one after a change of what it allows; and what each says of our tokens. */
const ELSEWHERE = {
  audience: [server({ options: { audience: 'staging' } }), 'invalid-token'],
  'base path': [server({ options: { basePath: '/api' } }), 'invalid-token'],
  bucket: [server({ store: { bucket: 'other' } }), 'invalid-token'],
  endpoint: [server({ store: { endpoint: 'http://other.example' } }), 'invalid-token'],
  'place of its user': [server({ route: { prefix: 'moved/' } }), 'place-refused'],
  'shorter place': [server({ route: { prefix: () => 'f' } }), 'place-refused'],
  'largest size': [server({ route: { maxSize: 2 } }), 'too-large'],
  'smallest size': [server({ route: { minSize: 40 * MiB } }), 'too-small'],
  types: [server({ route: { accept: ['.pdf'] } }), 'type-refused'],
} as const;

const ask = async (user: User, path: string, body: string, init: RequestInit = {}, at = uploads) => {
  const headers = new Headers(init.headers);
  headers.set('x-user', encodeURIComponent(user));
  headers.set('content-type', 'application/json');
  const method = init.method ?? 'POST';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(`http://app.example${path}`, { ...init, method, headers, ...(hasBody && { body }) });
  const response = await at(request);
  return { status: response.status, text: await response.text() };
};

/** Uploads of every user, on every route: what a thief would have. */
interface Owned {
  user: User;
  route: string;
  size: number;
  created: Created;
}
const owned: Owned[] = [];
for (const user of USERS)
  for (const route of ['files', 'photos'])
    for (const size of [3, 12 * MiB]) {
      const file = { name: 'a.png', type: 'image/png', size, ...(size > 3 && { partSize: 5 * MiB }) };
      const { text } = await ask(user, `/${route}/create`, JSON.stringify({ files: [file] }));
      owned.push({ user, route, size, created: JSON.parse(text).files[0] });
    }

const user = fc.constantFrom(...USERS);
const route = fc.constantFrom('files', 'photos', '__proto__', 'healthz', '%66iles', '');
const operation = fc.constantFrom('create', 'create', 'sign', 'sign', 'parts', 'complete', 'abort', 'status', '');
const some = fc.constantFrom(...owned);

/** Its token as it is, or with some of it taken out, put in, or of another one. */
const tokenOf = (own: Owned) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(own.created.token) },
    { weight: 2, arbitrary: mutated(fc.constant(own.created.token)) },
    some.map(({ created }) => created.token),
    some.map(({ created }) => `${own.created.token.split('.')[0]}.${created.token.split('.')[1]}`),
    fc.string(),
  );
const partNumber = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.anything());
const parts = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }) },
  fc.array(fc.oneof(partNumber, fc.record({ partNumber, etag: fc.oneof(fc.string(), fc.constant('"a"')) })), {
    maxLength: 5,
  }),
);
const intent = fc.record(
  {
    name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('../../bob/x', '/b', 'a/../../b', '..', 'x.png')),
    size: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -1, max: 50 * MiB }) }, fc.double()),
    type: fc.oneof(fc.string(), fc.constant('image/png')),
    partSize: fc.integer({ min: -1, max: 50 * MiB }),
    key: fc.constant('bob/stolen'),
    userId: fc.constant('bob'),
    meta: fc.dictionary(fc.string(), fc.string()),
  },
  { requiredKeys: ['name', 'size', 'type'] },
);
const bodyOf = (own: Owned, operation: string) => {
  const signing = fc.record({ token: tokenOf(own), parts });
  const creating = fc.record({ files: fc.array(intent, { minLength: 1, maxLength: 3 }) });
  const [usual, unusual] = operation === 'create' ? [creating, signing] : [signing, creating];
  const json = fc
    .oneof({ weight: 8, arbitrary: usual }, unusual, fc.anything())
    .map((value) => JSON.stringify(value) ?? '');
  return fc.oneof({ weight: 8, arbitrary: json }, mutated(json), fc.string({ unit: 'binary' }));
};
const init = fc.record({
  method: fc.oneof({ weight: 12, arbitrary: fc.constant('POST') }, fc.constantFrom('GET', 'PUT', 'OPTIONS', 'HEAD')),
  headers: fc.oneof(
    { weight: 8, arbitrary: fc.constant({}) },
    fc.constantFrom<Record<string, string>>(
      { origin: 'https://evil.example' },
      { 'content-length': '9' },
      { origin: '' },
    ),
  ),
});

it(`of ${RUNS.toLocaleString('en')} random and mutated requests none fails, signs for others, or reaches another's key`, async () => {
  const seen = { answers: 0, signatures: 0, refusals: 0 };
  // Half of it fits together: a thief changes one thing at a time.
  const mostly = <T>(usual: T, other: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, other);
  const call = fc.tuple(some, operation).chain(([own, operation]) =>
    fc.record({
      who: mostly(own.user, user),
      where: mostly(own.route, route).map((route) => `/${[route, operation].filter(Boolean).join('/')}`),
      what: bodyOf(own, operation),
      how: init,
      when: mostly(0, fc.constantFrom(2 * DAY, 7 * DAY - 1, 7 * DAY, 30 * DAY)),
    }),
  );
  await fc.assert(
    fc.asyncProperty(call, async ({ who, where, what, how, when }) => {
      now = start + when;
      const { status, text } = await ask(who, where, what, how);
      if (status >= 500) throw new Error(`${status}: ${text} ${String(errors.at(-1))}`);
      seen.answers++;
      if (status >= 400) {
        seen.refusals++;
        expect(Object.keys(WIRE_ERRORS)).toContain(JSON.parse(text).error.code);
        expect(text).not.toContain('X-Amz-Signature');
        return;
      }
      // Whether the server lives may be asked by everybody.
      if (where !== '/healthz') expect(how.headers).not.toHaveProperty('origin', 'https://evil.example');
      for (const url of text.match(/https?:[^"]*X-Amz-Signature=[^"]*/g) ?? []) {
        seen.signatures++;
        checkSignature(who, where, what, new URL(JSON.parse(`"${url}"`)));
      }
    }),
    { numRuns: RUNS },
  );
  expect(errors).toEqual([]);
  // A property that never meets a signature would prove nothing.
  expect(seen.signatures).toBeGreaterThan(RUNS / 20);
  expect(seen.refusals).toBeGreaterThan(RUNS / 10);
  if (RUNS > 10_000) console.log(seen);
}, 3_600_000);

/** The key is in the folder of the one who asked; and what is signed for a token is that token's own upload. */
function checkSignature(who: User, where: string, what: string, url: URL): void {
  const { pathname, searchParams } = url;
  const [, route = '', operation] = where.split('/');
  const key = decodeURIComponent(pathname.replace(/^\/b\//, ''));
  expect(key.slice(route.length + 1)).toMatch(FOLDERS[who] ?? /^$/);
  expect(key.slice(0, route.length + 1)).toBe(`${route}/`);
  expect(searchParams.get('X-Amz-SignedHeaders')).toContain('content-length');
  if (operation === 'create') return;
  const asked = JSON.parse(what);
  const own = owned.find(({ created }) => created.token === asked.token);
  expect(own).toMatchObject({ user: who, route, created: { key } });
  expect(now).toBeLessThan(start + 7 * DAY);
  if (own === undefined) return;
  const partNumber = Number(searchParams.get('partNumber'));
  expect(asked.parts).toContain(partNumber);
  expect(searchParams.get('uploadId')).toBe(
    new URL(own.created.requests[0]?.request.url ?? '').searchParams.get('uploadId'),
  );
  checkLength(url, Math.min(5 * MiB, own.size - (partNumber - 1) * 5 * MiB));
}

/** Signs the same request again: only for these many bytes does it come out as it is. */
function checkLength(url: URL, length: number): void {
  const { searchParams, origin, pathname } = url;
  const signed = createSigner({ ...CREDENTIALS, region: 'us-east-1' }).presign({
    method: 'PUT',
    url: `${origin}${pathname}?partNumber=${searchParams.get('partNumber')}&uploadId=${searchParams.get('uploadId')}`,
    headers: { 'content-length': String(length) },
    expiresIn: Number(searchParams.get('X-Amz-Expires')),
    at: Date.parse((searchParams.get('X-Amz-Date') ?? '').replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:')),
  });
  expect(url.href).toBe(signed.url);
}

/** What a thief changes in a call that is all right, and what the response must be. */
interface Theft {
  at?: keyof typeof ELSEWHERE;
  route?: string;
  user?: User;
  token?: string;
  parts?: number[];
  later?: number;
  headers?: Record<string, string>;
  code: string;
}

/** Another token of the same seal: one field of it says something else. */
function forged(own: Owned, field: string, value: unknown): string {
  const [payload = '', mac = ''] = own.created.token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const text = JSON.stringify({ ...claims, [field]: value });
  return `${Buffer.from(text).toString('base64url')}.${mac}`;
}

const code = 'invalid-token';
/** For an upload of somebody: every single thing that may not be changed. */
const thefts = (own: Owned): readonly Theft[] => [
  { route: own.route === 'files' ? 'photos' : 'files', code },
  ...USERS.filter((user) => user !== own.user).map((user) => ({ user, code })),
  { token: forged(own, 'key', 'files/bob/stolen'), code },
  { token: forged(own, 'size', 40 * MiB), code },
  { token: forged(own, 'partSize', 40 * MiB), code },
  { token: forged(own, 'uploadId', 'another'), code },
  { token: forged(own, 'expiresAt', start + 365 * DAY), code },
  { token: forged(own, 'createdAt', start + 365 * DAY), code },
  { parts: [0], code: 'bad-request' },
  { parts: [own.size > 3 ? 4 : 2], code: 'no-such-part' },
  { parts: [1, 10_000], code: 'no-such-part' },
  { later: 7 * DAY, code: 'token-expired' },
  ...Object.entries(ELSEWHERE).map(([at, [, code]]) => ({ at: at as keyof typeof ELSEWHERE, code })),
  { headers: { origin: 'https://evil.example' }, code: 'origin-refused' },
  { headers: { 'sec-fetch-site': 'cross-site' }, code: 'origin-refused' },
];
const theft = some.chain((own) => fc.constantFrom(...thefts(own)).map((changed) => ({ own, changed })));

it(`of ${THEFTS.toLocaleString('en')} calls in which a thief changes one thing every one is refused, for its reason`, async () => {
  await fc.assert(
    fc.asyncProperty(theft, async ({ own, changed }) => {
      const parts = own.size > 3 ? [1, 3] : [1];
      const call = (change: Partial<Theft>) => {
        now = start + (change.later ?? 0);
        const { user = own.user, route = own.route, token = own.created.token, headers = {} } = change;
        const body = JSON.stringify({ token, parts: change.parts ?? parts });
        const path = `${change.at === 'base path' ? '/api' : ''}/${route}/sign`;
        return ask(user, path, body, { headers }, change.at && ELSEWHERE[change.at][0]);
      };
      const allowed = await call({});
      const { requests } = JSON.parse(allowed.text);
      expect(requests.map(({ partNumber }: { partNumber: number }) => partNumber)).toEqual(parts);
      for (const { request } of requests)
        checkSignature(
          own.user,
          `/${own.route}/sign`,
          JSON.stringify({ token: own.created.token, parts }),
          new URL(request.url),
        );
      const { text } = await call(changed);
      expect(JSON.parse(text).error?.code).toBe(changed.code);
    }),
    { numRuns: THEFTS },
  );
  expect(errors).toEqual([]);
}, 3_600_000);

function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.nat(), fc.nat(3), fc.string({ maxLength: 3 })).map(([whole, at, length, put]) => {
    const from = at % Math.max(1, whole.length);
    return whole.slice(0, from) + put + whole.slice(from + length);
  });
}
