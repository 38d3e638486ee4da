import { expect, it } from 'vitest';
import { cannotGoOn } from './cannot-go-on.ts';

const store = (status: number, code?: string) => ({ kind: 'store', status, code }) as const;
const server = (status: number, code: string) => ({ kind: 'server', status, code, message: '', hint: '' }) as const;

it.each([
  [true, 'NoSuchUpload', store(404, 'NoSuchUpload')],
  [true, "Ceph's NoSuchKey", store(404, 'NoSuchKey')],
  [true, 'the server does not know it', server(404, 'no-such-upload')],
  [true, 'a token of another server', server(403, 'invalid-token')],
  [false, 'a page of a proxy', store(404)],
  [false, 'a firewall', store(403)],
  [false, 'a wrong signature', store(403, 'SignatureDoesNotMatch')],
  [false, 'an ingress before the server that is set up anew', server(404, 'http-404')],
  [false, 'a firewall before the server', server(403, 'http-403')],
  [false, 'signed out', server(401, 'unauthorized')],
  [false, 'asked too often', server(429, 'rate-limited')],
  [false, 'no network', { kind: 'network' } as const],
])('an upload of an earlier page is let go of: %s, %s', (over, _, failure) => {
  expect(cannotGoOn(failure)).toBe(over);
});
