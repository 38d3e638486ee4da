import { type Created, WIRE_ERRORS } from '@portage/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTenants, FOLDERS, USERS, type User } from '../test/tenants.ts';

const MiB = 1024 * 1024;

/** `node packages/server/bench/property.mjs` runs 100,000. */
const RUNS = Number(process.env['PORTAGE_PROPERTY_RUNS'] ?? 400);

const errors: unknown[] = [];
const uploads = createTenants((error) => errors.push(error));

const ask = async (user: User, path: string, body: string, init: RequestInit = {}) => {
  const headers = new Headers(init.headers);
  headers.set('x-user', encodeURIComponent(user));
  const method = init.method ?? 'POST';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(`http://app.example${path}`, { ...init, method, headers, ...(hasBody && { body }) });
  const response = await uploads(request);
  return { status: response.status, text: await response.text() };
};

/** Uploads of every user, on every route: what a thief would have. */
interface Owned {
  user: User;
  route: string;
  created: Created;
}
const owned: Owned[] = [];
for (const user of USERS)
  for (const route of ['files', 'photos'])
    for (const size of [3, 12 * MiB]) {
      const file = { name: 'a.png', type: 'image/png', size, ...(size > 3 && { partSize: 5 * MiB }) };
      const { text } = await ask(user, `/${route}/create`, JSON.stringify({ files: [file] }));
      owned.push({ user, route, created: JSON.parse(text).files[0] });
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
    }),
  );
  await fc.assert(
    fc.asyncProperty(call, async ({ who, where, what, how }) => {
      const { status, text } = await ask(who, where, what, how);
      if (status >= 500) throw new Error(`${status}: ${text} ${String(errors.at(-1))}`);
      seen.answers++;
      if (status >= 400) {
        seen.refusals++;
        expect(Object.keys(WIRE_ERRORS)).toContain(JSON.parse(text).error.code);
        expect(text).not.toContain('X-Amz-Signature');
        return;
      }
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
function checkSignature(who: User, where: string, what: string, { pathname, searchParams }: URL): void {
  const [, route = '', operation] = where.split('/');
  const key = decodeURIComponent(pathname.replace(/^\/b\//, ''));
  expect(key.slice(route.length + 1)).toMatch(FOLDERS[who] ?? /^$/);
  expect(key.slice(0, route.length + 1)).toBe(`${route}/`);
  expect(searchParams.get('X-Amz-SignedHeaders')).toContain('content-length');
  if (operation === 'create') return;
  const asked = JSON.parse(what);
  const own = owned.find(({ created }) => created.token === asked.token);
  expect(own).toMatchObject({ user: who, route, created: { key } });
  if (own?.created.kind === 'multipart') {
    expect(asked.parts).toContain(Number(searchParams.get('partNumber')));
    expect(searchParams.get('uploadId')).toBe(
      new URL(own.created.requests[0]?.request.url ?? '').searchParams.get('uploadId'),
    );
  }
}

function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.nat(), fc.nat(3), fc.string({ maxLength: 3 })).map(([whole, at, length, put]) => {
    const from = at % Math.max(1, whole.length);
    return whole.slice(0, from) + put + whole.slice(from + length);
  });
}
