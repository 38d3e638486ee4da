import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { file, type Harness, JSON_TYPE, startServer } from '../../test/harness.ts';
import type { UploadsOptions } from '../index.ts';
import { askedBy, fromAddress } from './asked.ts';

let server: Harness;
afterEach(() => server?.[Symbol.asyncDispose]());

const asked = (headers: Record<string, string>, trustProxy: Parameters<typeof askedBy>[1] = false, address?: string) =>
  askedBy(fromAddress(new Request('http://inside:3000/files/create', { headers }), address), trustProxy);

describe('who asks, and by which name', () => {
  const proxied = { 'x-forwarded-host': 'App.example', 'x-forwarded-for': '192.0.2.7' };

  it('is not read from headers that anybody can write', () => {
    expect(asked(proxied, false, '10.0.0.1')).toEqual({
      hosts: ['inside:3000'],
      untrusted: ['app.example'],
      trusted: false,
      address: '10.0.0.1',
    });
    expect(asked(proxied, (address) => address === '10.0.0.1', '10.0.0.2')).toMatchObject({ address: '10.0.0.2' });
    expect(asked(proxied, () => true)).toMatchObject({ hosts: ['inside:3000'], address: undefined });
  });

  it.each([
    ['X-Forwarded-*', proxied],
    ['Forwarded', { forwarded: 'for=192.0.2.7;host="app.example";proto=https' }],
    ['both, which agree', { ...proxied, forwarded: 'For=192.0.2.7; Host=app.example' }],
  ])('is read from a trusted proxy: %s', (_title, headers) => {
    const expected = { hosts: ['app.example'], untrusted: [], trusted: true, address: '192.0.2.7' };
    expect(asked(headers, true)).toEqual(expected);
    expect(asked(headers, (address) => address === '10.0.0.1', '10.0.0.1')).toEqual(expected);
  });

  it('is believed of neither header where the two disagree: one of them is not of the proxy', () => {
    const headers = { ...proxied, forwarded: 'for=203.0.113.9;host=evil.example' };
    expect(asked(headers, true, '10.0.0.1')).toEqual({
      hosts: ['inside:3000'],
      untrusted: [],
      trusted: true,
      address: '10.0.0.1',
    });
  });

  it('is the first address on the way back that is not of a proxy of ours', () => {
    const ours = (address: string) => address.startsWith('10.') || address === '2001:db8::1';
    const way = { 'x-forwarded-for': '203.0.113.9, 192.0.2.7:4711, [2001:db8::1]:80, 10.0.0.2' };
    expect(asked(way, ours, '10.0.0.1').address).toBe('192.0.2.7');
    expect(asked({ 'x-forwarded-for': '10.0.0.3' }, ours, '10.0.0.1').address).toBe('10.0.0.3');
    expect(asked({ forwarded: 'for="[2001:db8::2]:80", for=10.0.0.2' }, ours, '10.0.0.1').address).toBe('2001:db8::2');
  });
});

describe('a call', () => {
  const start = async (options: Partial<UploadsOptions> = {}) => {
    server = await startServer(options);
    return (headers: Record<string, string>) => server.post('/files/create', { files: [file('a', 1)] }, headers);
  };

  it('of a page behind a proxy that changes the name is refused in words until the proxy is trusted', async () => {
    const proxied = { origin: 'https://app.example', 'x-forwarded-host': 'app.example' };
    const refused = await (await start())(proxied);
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'origin-refused' } } });
    expect(refused.body.error.hint).toContain('`trustProxy`');
    await server[Symbol.asyncDispose]();
    const trusted = await start({ trustProxy: (address) => address === '127.0.0.1' });
    expect((await trusted(proxied)).status).toBe(200);
    expect((await trusted({ ...proxied, 'x-forwarded-host': 'other.example' })).status).toBe(403);
  });

  it('tells the limit of the rate who asks', async () => {
    const addresses: (string | undefined)[] = [];
    const call = await start({ trustProxy: true, rateLimit: ({ address }) => void addresses.push(address) });
    await call({});
    await call({ 'x-forwarded-for': '192.0.2.7' });
    expect(addresses).toEqual(['127.0.0.1', '192.0.2.7']);
  });

  /** The status of a response to a request as it is written. */
  const raw = (lines: string[]) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () =>
        socket.end(`${lines.join('\r\n')}\r\n\r\n${lines[0]?.startsWith('POST') ? '{}' : ''}`),
      );
      let text = '';
      socket.on('data', (data) => (text += data)).on('close', () => resolve(text.split(' ')[1] ?? ''));
    });
  const rest = ['Content-Type: application/json', 'Content-Length: 2', 'Connection: close'];

  it('by another name than its own is refused, as a page with a name of its own that points here would make it', async () => {
    const call = await start({ hosts: ['app.example', '127.0.0.1'] });
    expect((await call({ origin: server.url })).status).toBe(200);
    const post = (host: string) =>
      raw(['POST /files/create HTTP/1.1', `Host: ${host}`, `Origin: http://${host}`, ...rest]);
    expect(await post('rebound.example')).toBe('403');
    expect(await post('app.example.rebound.example')).toBe('403');
    expect(await post('APP.example:8443')).toBe('400');
    expect(await raw(['GET /healthz HTTP/1.1', 'Host: 10.0.0.9', 'Connection: close'])).toBe('200');
  });

  it.each([
    'a@evil.example',
    'evil.example/files',
    'evil.example?',
    'evil.example#',
    'a b',
    'evil.example:port',
    'a\\b',
    '[::1',
  ])('whose Host is %j is no request at all', async (host) => {
    await start();
    expect(await raw(['POST /files/create HTTP/1.1', `Host: ${host}`, ...rest])).toBe('400');
  });

  it.each(['app.example', 'app.example:80', '[::1]:3000', '127.0.0.1', 'xn--bcher-kva.example', 'my_service:8080'])(
    'whose Host is %j is one',
    async (host) => {
      await start();
      // The body is no create call, which is told in the words of the server.
      expect(await raw(['POST /files/create HTTP/1.1', `Host: ${host}`, ...rest])).toBe('400');
      expect(await raw(['GET /files HTTP/1.1', `Host: ${host}`, 'Connection: close'])).toBe('200');
    },
  );
});

describe('a body', () => {
  it.each([
    undefined,
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
  ])('of the type %j, which a page may send unasked, is refused with 415', async (type) => {
    const asked: string[] = [];
    const authorize = ({ url }: Request) => {
      asked.push(url);
      return { userId: 'ann' };
    };
    server = await startServer({ routes: { files: { authorize } }, origins: '*' });
    const body = new Blob([JSON.stringify({ files: [file('a', 1)] })]);
    const headers = type === undefined ? {} : { 'content-type': type };
    const response = await fetch(`${server.url}/files/create`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toMatchObject([415, { error: { code: 'bad-request' } }]);
    expect(asked).toEqual([]);
    for (const json of ['application/json', 'Application/JSON; charset=utf-8']) {
      const init = { method: 'POST', headers: { ...JSON_TYPE, 'content-type': json }, body };
      expect((await fetch(`${server.url}/files/create`, init)).status).toBe(200);
    }
  });
});

it('where all pages may call, what a browser or a proxy says by itself of a visitor does not reach `authorize`', async () => {
  const seen: Record<string, string>[] = [];
  const authorize = ({ headers }: Request) => {
    seen.push(Object.fromEntries(headers));
    return { userId: 'ann' };
  };
  server = await startServer({ routes: { files: { authorize } }, origins: '*' });
  const ambient = {
    cookie: 'session=ann',
    authorization: 'Basic YW5uOmE=',
    'x-forwarded-client-cert': 'Subject="CN=ann"',
    'client-cert': ':MIIB:',
    'ssl-client-verify': 'SUCCESS',
    'x-ssl-client-s-dn': 'CN=ann',
    'remote-user': 'ann',
    'x-forwarded-user': 'ann',
    'x-forwarded-email': 'ann@app.example',
    'x-auth-request-user': 'ann',
    'x-amzn-oidc-data': 'ann',
    'x-goog-iap-jwt-assertion': 'ann',
    'cf-access-jwt-assertion': 'ann',
  };
  const call = (headers: Record<string, string>) => server.post('/files/create', { files: [file('a', 1)] }, headers);
  const others = { origin: 'https://any.example' };
  for (const authorization of ['Basic YW5uOmE=', 'negotiate YII=', 'NTLM TlRM', 'Digest username="ann"'])
    await call({ ...ambient, ...others, authorization });
  const names = Object.keys(ambient);
  for (const headers of seen) expect(names.filter((name) => name in headers)).toEqual([]);
  await call({ ...others, authorization: 'Bearer token', 'x-api-key': 'k' });
  expect(seen.at(-1)).toMatchObject({ authorization: 'Bearer token', 'x-api-key': 'k' });
  await call({ ...ambient, origin: server.url });
  expect(seen.at(-1)).toMatchObject(ambient);
});
