import { execFile, spawnSync } from 'node:child_process';
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMockS3, type MockS3, type MockS3Options } from '@portage/mock-s3';
import { createSigner } from '@portage/protocol/sigv4';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { BUCKET } from '../test/harness.ts';
import { runCli } from './cli/run.ts';
import { type DoctorOptions, examine, type Finding, toText } from './doctor.ts';

const PAGE = 'https://app.example';

// Each look is some fifty requests, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let store: MockS3;
afterEach(() => store[Symbol.asyncDispose]());

const start = async (options: MockS3Options = {}) => {
  store = await createMockS3({ buckets: [BUCKET], ...options });
};
const storage = (more: Partial<DoctorOptions['storage']> = {}): DoctorOptions['storage'] => ({
  endpoint: store.endpoint,
  bucket: BUCKET,
  region: store.region,
  credentials: store.credentials[0],
  ...more,
});
const look = (more: Partial<DoctorOptions> = {}, storageMore = {}) =>
  examine({ storage: storage(storageMore), origins: [PAGE], ...more });
const summary = ({ findings }: { findings: readonly { check: string; status: string }[] }) =>
  findings.map(({ check, status }) => `${check} ${status}`);

describe('a bucket without any rules', () => {
  it('is told what it lacks, in words, and what to do', async () => {
    await start({ cors: false });
    const diagnosis = await look();
    expect(diagnosis.healthy).toBe(false);
    expect(summary(diagnosis)).toEqual([
      'reachable ok',
      'clock ok',
      'credentials ok',
      'permissions ok',
      'gateway ok',
      'cors failed',
      'local-network warning',
      'lifecycle failed',
      'parts ok',
      'public-access ok',
      'checksums ok',
      'conditional-writes warning',
      'packs ok',
    ]);
    for (const { status, message, hint } of diagnosis.findings) {
      expect(message).toMatch(/\.$/);
      if (status !== 'ok') expect(hint).toMatch(/\.$/);
    }
    expect(toText(diagnosis)).toContain(
      `✗ cors: ${PAGE} may not use this bucket at all.\n    → Add it to AllowedOrigins, or use --fix.`,
    );
  });

  it('is healthy after --fix; what it had before stays; looking again finds nothing to fix', async () => {
    await start({ cors: false });
    const fixed = await look({ fix: true });
    expect(fixed.healthy).toBe(true);
    expect(summary(fixed)).toEqual(expect.arrayContaining(['cors fixed', 'lifecycle fixed']));
    const other = await look({ origins: ['https://other.example'], fix: true });
    expect(summary(other)).toEqual(expect.arrayContaining(['cors fixed', 'lifecycle ok']));
    const first = await look();
    expect(first.findings.find(({ check }) => check === 'cors')?.status).toBe('ok');
    const again = await look({ origins: ['https://other.example'], fix: true }, { profile: 'mock' });
    expect(again.findings.filter(({ status }) => status === 'failed' || status === 'fixed')).toEqual([]);
    expect(again.findings.find(({ check }) => check === 'conditional-writes')?.status).toBe('ok');
  });

  it('is left as it was: the object that was written is gone', async () => {
    await start();
    await look();
    expect(store.objects(BUCKET)).toEqual([]);
    expect(store.multipartUploads(BUCKET)).toEqual([]);
  });
});

describe('CORS that is wrong in one place', () => {
  it.each([
    ['another origin', { origins: ['https://else.example'] }, 'may not use this bucket at all'],
    ['no PUT', { methods: ['GET'] }, 'may read, but not PUT'],
    ['no headers', { allowedHeaders: ['content-type'] }, 'may not send the headers of an upload'],
    ['no ETag', { exposedHeaders: [] }, 'not read the ETag of a part'],
    ['a short memory', { maxAgeSeconds: 5 }, 'ask again after 5 s'],
  ])('%s', async (_title, cors, words) => {
    await start({ cors });
    const { findings } = await look();
    const finding = findings.find(({ check }) => check === 'cors');
    expect(finding?.message).toContain(words);
    expect(finding?.status).toBe('maxAgeSeconds' in cors ? 'warning' : 'failed');
    expect((await look({ fix: true })).findings.find(({ check }) => check === 'cors')?.status).toBe('fixed');
  });

  it('is not looked at where nobody says which pages upload', async () => {
    await start();
    expect(summary(await look({ origins: [] }))).toContain('cors unknown');
  });
});

describe('a store that cannot be used', () => {
  const failed = async (more: object) => {
    const { findings, healthy } = await look({}, more);
    expect(healthy).toBe(false);
    return findings.filter(({ status }) => status === 'failed').map(({ check, message }) => `${check}: ${message}`);
  };

  it('is not there', async () => {
    await start();
    expect(await failed({ endpoint: 'http://127.0.0.1:9' })).toEqual([expect.stringContaining('does not answer')]);
  });

  it('does not know the credentials, the bucket, or the region', async () => {
    await start();
    const keys = store.credentials[0];
    expect(await failed({ credentials: { ...keys, accessKeyId: 'nobody' } })).toEqual([
      expect.stringContaining('does not know this access key'),
    ]);
    expect(await failed({ credentials: { ...keys, secretAccessKey: 'wrong' } })).toEqual([
      expect.stringContaining('The signature is wrong'),
    ]);
    expect(await failed({ bucket: 'absent-bucket' })).toEqual([expect.stringContaining('There is no such bucket')]);
    expect(await failed({ region: 'eu-west-3' })).toEqual([expect.stringContaining('not in the region "eu-west-3"')]);
  });

  it('has another time', async () => {
    await start();
    expect(await failed({ clock: () => Date.now() + 3_600_000 })).toContainEqual(
      expect.stringContaining('differ by 36'),
    );
  });

  it('is counted on for more than it can', async () => {
    await start({ mimic: 'ceph-16' });
    expect(await failed({ profile: 'ceph-20' })).toContainEqual(
      'conditional-writes: The profile "ceph-20" counts on more than this store does: PUT honours If-None-Match, Complete does not.',
    );
  });
});

describe('a store that speaks HTTP/2', () => {
  const { lookup: found } = dns;
  const namesOf = async (named: (endpoint: string) => unknown = (endpoint) => endpoint, more: object = {}) => {
    // Nobody has signed the mock store's certificate.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    // Not each system knows names below localhost.
    const lookup = vi
      .spyOn(dns, 'lookup')
      .mockImplementation(((_name: string, ...rest: [object, () => void]) => found('127.0.0.1', ...rest)) as never);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      lookup.mockRestore();
    });
    await start({ http2: true });
    const publicEndpoint = named(`https://localhost:${store.port}`);
    const { findings } = await look({}, { endpoint: store.plainEndpoint, publicEndpoint, ...more });
    return findings.find(({ check }) => check === 'names');
  };

  it('is advised to give browsers the second name that it has, in code to paste', async () => {
    const found = await namesOf();
    expect(found).toMatchObject({ status: 'warning', message: expect.stringMatching(/HTTP\/2 by one name/) });
    const { port } = store;
    expect(found?.message).toContain(`https://${BUCKET}.localhost:${port} as well`);
    expect(found?.hint).toContain(
      `['https://localhost:${port}', { endpoint: 'https://localhost:${port}', forcePathStyle: false }]`,
    );
  });

  it('is well with two, which browsers are given', async () => {
    const both = (endpoint: string) => [endpoint, { endpoint, forcePathStyle: false }];
    expect(await namesOf(both)).toEqual({
      check: 'names',
      status: 'ok',
      message: 'The store speaks HTTP/2. Browsers open a connection to each of its 2 names.',
    });
  });

  it('is not advised where it speaks HTTP/1.1 to browsers, over which they open six', async () => {
    await expect(namesOf(undefined, { http2: false })).resolves.toBeUndefined();
  });
});

it('a store that removes incomplete uploads by itself is not given a rule that it would pass over', async () => {
  await start();
  const { findings } = await look({ fix: true }, { profile: 'minio' });
  const finding = findings.find(({ check }) => check === 'lifecycle');
  expect([finding?.status, finding?.hint]).toEqual(['unknown', expect.stringContaining('abortStale()')]);
  expect(store.journal.requests({ operation: 'PutBucketLifecycleConfiguration' })).toEqual([]);
});

it('a store that verifies little is used all the same, with warnings', async () => {
  await start({ mimic: 'ceph-16' });
  const { findings } = await look({ fix: true });
  const warned = findings.filter(({ status }) => status === 'warning');
  expect(warned.map(({ check }) => check)).toEqual(['local-network', 'checksums', 'conditional-writes']);
  expect(findings.filter(({ status }) => status === 'failed')).toEqual([]);
});

/** Lets a later policy or ACL make the bucket public. */
async function unblockPublicAccess(): Promise<void> {
  const signer = createSigner({ ...store.credentials[0], region: store.region });
  const url = `${store.endpoint}/${BUCKET}?publicAccessBlock`;
  const signed = signer.sign({ method: 'DELETE', url, at: Date.now() });
  expect((await fetch(signed.url, { method: 'DELETE', headers: signed.headers })).status).toBe(204);
}

describe('a store that is more private than the page', () => {
  const warnings = async (origins: string[], storageMore = {}) => {
    await start();
    const { findings } = await look({ origins }, storageMore);
    return findings.filter(({ check }) => check === 'local-network').map(({ message }) => message);
  };

  it('is warned of: browsers ask each person for leave', async () => {
    expect(await warnings([PAGE, 'http://localhost:3000'])).toEqual([
      `${store.endpoint} is on this machine. Chromium 142 and later let pages of ${PAGE} reach it only over https, and once each person has allowed it.`,
    ]);
  });

  it('is warned of where it has a private address for browsers', async () => {
    const [message] = await warnings(['http://10.1.2.3'], {});
    expect(message).toContain('pages of http://10.1.2.3 reach it');
  });

  it('is none where the page is as private', async () => {
    expect(await warnings(['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:1'])).toEqual([]);
  });
});

it('a bucket whose public access is not blocked is warned of', async () => {
  await start();
  await unblockPublicAccess();
  const finding = (await look()).findings.find(({ check }) => check === 'public-access');
  expect([finding?.status, finding?.message]).toEqual(['warning', expect.stringContaining('nothing keeps')]);
});

it('a bucket that strangers can read is found out', async () => {
  await start();
  /** As a public bucket: whoever does not sign gets what is there. */
  const front = createServer((incoming, outgoing) => {
    if (!incoming.headers.authorization && incoming.method === 'GET') return outgoing.end('for everybody');
    const { method, url, headers } = incoming;
    const onward = request({ host: store.host, port: store.port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    return incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const { healthy, findings } = await look({}, { endpoint });
  const finding = findings.find(({ check }) => check === 'public-access');
  expect([healthy, finding?.status]).toEqual([false, 'failed']);
  expect(finding?.message).toBe('Anybody can read objects and list the bucket.');
  front.closeAllConnections();
  front.close();
});

/** Something in front of the store, which changes what it likes. */
async function frontOf(change: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean, own: object = {}) {
  const front = createServer((incoming, outgoing) => {
    if (change(incoming, outgoing)) return incoming.resume();
    const { method, url, headers } = incoming;
    const onward = request({ host: store.host, port: store.port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...own });
      answer.pipe(outgoing);
    });
    // The store may refuse a body before it has all of it.
    onward.on('error', () => outgoing.destroy());
    return incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
  });
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}
/** As nginx does by default: the store hears of a request once its body is there. */
async function holdingFront(): Promise<string> {
  const front = createServer(async (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const onward = request({ host: store.host, port: store.port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(Buffer.concat(pieces));
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
  });
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}
const refuse = (outgoing: ServerResponse, status: number, body: string) => {
  outgoing.writeHead(status).end(body);
  return true;
};
const errorXml = (code: string, message: string) => `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
const findingOf = ({ findings }: { findings: readonly Finding[] }, check: string) =>
  findings.find((finding) => finding.check === check);

describe('small files that travel together', () => {
  const packsOf = async (more: object = {}) => findingOf(await look({}, { packs: true, ...more }), 'packs');
  const left = () => [...store.objects(BUCKET), ...store.multipartUploads(BUCKET)].map(({ key }) => key);

  it.each(['aws', 'ceph', 'swift'] as const)('are taken out of a pack by %s, and nothing is left', async (mimic) => {
    await start({ mimic });
    const profile = { aws: 'mock', ceph: 'ceph-20', swift: 'swift' }[mimic];
    expect(await packsOf({ profile })).toMatchObject({ status: 'ok', message: expect.stringContaining('may travel') });
    const off = { check: 'packs', status: 'ok', message: expect.stringContaining('could take many') };
    expect(await packsOf({ profile, packs: false })).toEqual(off);
    expect(left()).toEqual([]);
  });

  it.each([
    // Amazon copies no range of an object of up to 5 MiB, and the profile says that the store does.
    [
      'is asked for less than the store takes',
      undefined,
      'UploadPartCopy: the store answered 400 InvalidRequest',
      'Take',
    ],
    [
      'has no such API',
      ['UploadPartCopy', 'NotImplemented'],
      'the store answered 501 NotImplemented',
      'Take `packs` off',
    ],
    [
      'may not read',
      ['UploadPartCopy', 'AccessDenied'],
      'the store answered 403 AccessDenied',
      'Allow s3:GetObject and',
    ],
    ['may not delete', ['DeleteObject', 'AccessDenied'], 'DeleteObject: the store answered 403', 's3:DeleteObject'],
  ] as const)(
    'are no good where the server %s: it is said before it costs anybody anything',
    async (_, fault, words, hint) => {
      await start({ mimic: fault ? 'ceph' : 'aws' });
      if (fault) store.faults.set({ rules: [{ operation: fault[0], fault: { kind: 'error', code: fault[1] } }] });
      const profile = 'ceph-20';
      const found = await packsOf({ profile });
      expect([found?.status, found?.message, found?.hint]).toEqual([
        'warning',
        expect.stringContaining(words),
        expect.stringContaining(hint),
      ]);
      const off = await packsOf({ profile, packs: false });
      expect([off?.status, off?.message]).toEqual(['ok', expect.stringContaining(words)]);
      if (fault?.[0] !== 'DeleteObject') expect(left()).toEqual([]);
    },
  );

  it('are no good for objects that are locked', async () => {
    await start();
    const headers = {
      'x-amz-object-lock-mode': 'GOVERNANCE',
      'x-amz-object-lock-retain-until-date': '2030-01-01T00:00:00Z',
    };
    expect(await packsOf({ headers })).toMatchObject({ status: 'warning', hint: expect.stringContaining('no effect') });
  });
});

describe('the truth', () => {
  it('of a store that answers preflights of presigned URLs alone, and has no API for rules', async () => {
    await start({ mimic: 'swift' });
    const diagnosis = await look({ fix: true }, { profile: 'swift' });
    expect(findingOf(diagnosis, 'cors')).toMatchObject({ status: 'ok' });
    expect(diagnosis.healthy).toBe(true);
    expect(store.journal.requests({ operation: 'PutBucketLifecycleConfiguration' })).toEqual([]);
    // Whoever does not know what it is: a list of objects is no lifecycle configuration.
    const lifecycle = findingOf(await look({ fix: true }), 'lifecycle');
    expect([lifecycle?.status, lifecycle?.hint]).toEqual(['unknown', expect.stringContaining('abortStale()')]);
    expect(store.journal.requests({ operation: 'PutBucketLifecycleConfiguration' })).toEqual([]);
  });

  it('of a store that takes fewer parts than the profile says', async () => {
    await start({ mimic: 'swift' });
    expect(findingOf(await look({}, { profile: 'swift' }), 'parts')).toMatchObject({ status: 'ok' });
    expect(findingOf(await look(), 'parts')).toMatchObject({
      status: 'failed',
      hint: expect.stringContaining('maxParts: 1000'),
    });
  });

  it('of checksums that count where the header of SDKs names them', async () => {
    await start({ mimic: 'ceph' });
    expect(findingOf(await look(), 'checksums')).toEqual({
      check: 'checksums',
      status: 'ok',
      message: 'The store verifies checksums where x-amz-sdk-checksum-algorithm names them.',
    });
  });

  it('of conditional writes that more than one wins', async () => {
    await start();
    // As newer Swifts do it: what is written at the same moment is not seen.
    const endpoint = await frontOf(({ method, url = '' }, outgoing) =>
      method === 'PUT' && url.includes('-put-race-') ? refuse(outgoing, 200, '') : false,
    );
    expect(findingOf(await look({}, { endpoint, profile: 'mock' }), 'conditional-writes')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(
        'PUT honours If-None-Match, but of several at once on a new key more than one wins',
      ),
      hint: 'Set S3_CONDITIONAL_WRITES=complete.',
    });
    // As Swift does it.
    const completes = await frontOf(({ method, url = '' }, outgoing) =>
      method === 'POST' && url.includes('-race-') && url.includes('uploadId') ? refuse(outgoing, 200, '') : false,
    );
    expect(findingOf(await look({}, { endpoint: completes, profile: 'mock' }), 'conditional-writes')).toMatchObject({
      status: 'warning',
      hint: 'Set S3_CONDITIONAL_WRITES=put.',
    });
  });

  it('of a bucket that wants a checksum with each object: it is no missing permission', async () => {
    await start();
    const message =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
    const endpoint = await frontOf(({ method, url = '' }, outgoing) =>
      method === 'PUT' && !url.includes('?') ? refuse(outgoing, 400, errorXml('InvalidRequest', message)) : false,
    );
    const finding = findingOf(await look({}, { endpoint }), 'permissions');
    expect(finding?.status).toBe('failed');
    expect(finding?.message).not.toContain('lack');
    expect(finding?.message).toContain(`s3:PutObject: 400 InvalidRequest (${message})`);
    expect(finding?.hint).toContain('A default retention of the bucket locks every part');
  });

  it('of a policy that denies what is not encrypted: its words are shown', async () => {
    await start();
    const words = 'User is not authorized to perform: s3:PutObject with an explicit deny in a resource-based policy';
    const endpoint = await frontOf(({ method, url = '' }, outgoing) =>
      method === 'PUT' && !url.includes('?') ? refuse(outgoing, 403, errorXml('AccessDenied', words)) : false,
    );
    expect(findingOf(await look({}, { endpoint }), 'permissions')?.message).toContain(words);
    const plain = await frontOf(({ method, url = '' }, outgoing) =>
      method === 'PUT' && !url.includes('?') ? refuse(outgoing, 403, errorXml('AccessDenied', 'Access Denied')) : false,
    );
    expect(findingOf(await look({}, { endpoint: plain }), 'permissions')?.message).toBe(
      'These credentials lack s3:PutObject.',
    );
  });

  it('of credentials that may not list: what is not there looks forbidden', async () => {
    await start();
    const endpoint = await frontOf(({ method, url = '' }, outgoing) =>
      method === 'HEAD' && url.endsWith('-absent') ? refuse(outgoing, 403, '') : false,
    );
    expect(findingOf(await look({}, { endpoint }), 'permissions')).toMatchObject({
      status: 'warning',
      hint: expect.stringContaining('s3:ListBucket'),
    });
  });

  describe('of what stands in front of the store:', () => {
    const isPut = ({ headers, method }: IncomingMessage) => headers.origin === PAGE && method === 'PUT';
    const isLarge = (incoming: IncomingMessage) =>
      isPut(incoming) && Number(incoming.headers['content-length']) > 1024 ** 2;

    it.each<[string, (incoming: IncomingMessage, outgoing: ServerResponse) => boolean, string, string]>([
      [
        'a limit for bodies',
        (incoming, outgoing) => isLarge(incoming) && refuse(outgoing, 413, '<h1>413</h1>'),
        "takes no part of 5 MiB, which is S3's smallest: 413.",
        'client_max_body_size 0',
      ],
      [
        'the same, told as Caddy does',
        (incoming, outgoing) => isLarge(incoming) && refuse(outgoing, 502, ''),
        "takes no part of 5 MiB, which is S3's smallest: 502.",
        'limit for bodies',
      ],
      [
        'the same, by cutting the connection',
        (incoming) => isLarge(incoming) && incoming.socket.destroy() !== undefined,
        'the connection is cut',
        'limit for bodies',
      ],
      [
        'a limit for every signed URL',
        ({ url = '' }, outgoing) => url.length > 200 && refuse(outgoing, 414, '<h1>414</h1>'),
        'refused at',
        'large_client_header_buffers',
      ],
      [
        'a firewall',
        (incoming, outgoing) => isPut(incoming) && refuse(outgoing, 403, 'blocked'),
        'is refused at',
        'look at what is in front of it',
      ],
      [
        'a limit for bodies, while the store is away',
        (incoming, outgoing) => (isLarge(incoming) ? refuse(outgoing, 413, '') : refuse(outgoing, 502, '')),
        "takes no part of 5 MiB, which is S3's smallest: 413.",
        'client_max_body_size 0',
      ],
      [
        'a time-out that is too short',
        (incoming, outgoing) => isPut(incoming) && refuse(outgoing, 504, ''),
        'is refused at',
        'proxy_read_timeout',
      ],
      [
        'another Host than the one that is signed',
        ({ headers }) => {
          headers.host = 'store.internal';
          return false;
        },
        '403 SignatureDoesNotMatch',
        'proxy_set_header Host $http_host',
      ],
    ])('%s', async (_, change, message, hint) => {
      await start();
      const diagnosis = await look({}, { publicEndpoint: await frontOf(change) });
      expect(findingOf(diagnosis, 'gateway')).toMatchObject({
        status: 'failed',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      });
      expect(store.multipartUploads(BUCKET)).toEqual([]);
      expect(store.objects(BUCKET)).toEqual([]);
    });

    it('a limit for long URLs alone is a warning: files with long names meet it', async () => {
      await start();
      const publicEndpoint = await frontOf(
        ({ url = '' }, outgoing) => url.length > 2_000 && refuse(outgoing, 414, '<h1>414</h1>'),
      );
      const diagnosis = await look({ fix: true }, { publicEndpoint });
      expect(findingOf(diagnosis, 'gateway')).toMatchObject({
        status: 'warning',
        message: expect.stringContaining('takes no URL of a long key: 414. Files with long names fail.'),
      });
      expect(diagnosis.healthy).toBe(true);
    });

    it('another path than the signed one is a warning: it is the same for most keys', async () => {
      await start();
      const publicEndpoint = await frontOf((incoming) => {
        incoming.url = incoming.url?.replace(/\/\/+/g, '/');
        return false;
      });
      const diagnosis = await look({ fix: true }, { publicEndpoint });
      expect(findingOf(diagnosis, 'gateway')).toMatchObject({
        status: 'warning',
        message: expect.stringContaining('changes the path of a URL, which is signed: 403 SignatureDoesNotMatch'),
        hint: expect.stringContaining('no slash behind proxy_pass'),
      });
      // Of a store that is asked without anything in between nobody else can be blamed.
      expect(findingOf(await look({}, { publicEndpoint, endpoint: publicEndpoint }), 'gateway')?.status).toBe('ok');
    });

    it('CORS headers from both sides', async () => {
      await start();
      const publicEndpoint = await frontOf(() => false, { 'access-control-allow-origin': ['*', PAGE] });
      expect(findingOf(await look({}, { publicEndpoint }), 'cors')).toMatchObject({
        status: 'failed',
        hint: expect.stringContaining('Leave CORS to one side'),
      });
    });

    it('nothing that answers: CORS is not looked at', async () => {
      await start();
      const diagnosis = await look({}, { publicEndpoint: 'http://127.0.0.1:9' });
      expect(findingOf(diagnosis, 'gateway')).toMatchObject({
        status: 'failed',
        hint: expect.stringContaining('publicEndpoint'),
      });
      expect(findingOf(diagnosis, 'cors')).toBeUndefined();
    });

    it('what keeps bodies back is told, and only where the store itself does not wait for them', async () => {
      await start();
      const holding = await holdingFront();
      expect((await look({}, { publicEndpoint: holding })).findings.filter(({ check }) => check === 'gateway')).toEqual(
        [
          expect.objectContaining({ status: 'ok' }),
          expect.objectContaining({
            status: 'warning',
            message: expect.stringContaining('keeps a whole part before the store gets a byte of it'),
            hint: expect.stringContaining('proxy_request_buffering off'),
          }),
        ],
      );
      // The server goes by one that holds bodies too, so nobody knows who of the two it is.
      const other = await holdingFront();
      const unknown = await look({}, { publicEndpoint: holding, endpoint: other });
      expect(unknown.findings.filter(({ check }) => check === 'gateway')).toEqual([
        expect.objectContaining({ status: 'ok' }),
      ]);
      // One that does not.
      const through = await look({}, { publicEndpoint: await frontOf(() => false) });
      expect(through.findings.filter(({ check }) => check === 'gateway')).toHaveLength(1);
    });
  });

  it('of the rule that --fix writes: it has all four methods, for pages that sign themselves too', async () => {
    await start({ cors: { methods: ['PUT'] } });
    expect(findingOf(await look(), 'cors')?.message).toContain('they need POST, GET, DELETE too');
    await start({ cors: false });
    await look({ fix: true });
    const signer = createSigner({ ...store.credentials[0], region: store.region });
    const signed = signer.sign({ method: 'GET', url: `${store.endpoint}/${BUCKET}?cors`, at: Date.now() });
    const rule = await (await fetch(signed.url, { headers: signed.headers })).text();
    expect([...rule.matchAll(/<AllowedMethod>(\w+)</g)].map(([, method]) => method)).toEqual([
      'PUT',
      'POST',
      'GET',
      'DELETE',
    ]);
  });
});

describe('the command', () => {
  const run = (...args: string[]) => runWith({}, ...args);
  const runWith = async (more: object, ...args: string[]) => {
    const [{ accessKeyId, secretAccessKey }] = store.credentials;
    const env = {
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: store.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...more,
    };
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    return { code: await runCli(args, env, print, print), text: lines.join('\n') };
  };

  it('looks at all regions that the environment names', async () => {
    await start({ cors: false });
    const regions = { S3_REGIONS: 'eu, us', S3_BUCKET_US: 'of-nobody' };
    const { code, text } = await runWith(regions, 'doctor', '--json');
    const { findings }: { findings: Finding[] } = JSON.parse(text);
    expect(code).toBe(1);
    expect(findings.filter(({ region }) => region === 'eu').map(({ check }) => check)).toContain('lifecycle');
    expect(findings.find(({ region, status }) => region === 'us' && status === 'failed')?.message).toContain(
      'no such bucket',
    );
    expect((await runWith(regions, 'doctor')).text).toContain('✗ eu: lifecycle');
  });

  it('ends with 1 where something failed, fixes it, and ends with 0', async () => {
    await start({ cors: false });
    const bad = await run('doctor', '--origin', PAGE);
    expect([bad.code, bad.text]).toEqual([1, expect.stringContaining('✗ lifecycle')]);
    expect(bad.text).toContain('Uploads will not work well before this is fixed.');
    const fixed = await run('doctor', '--origin', PAGE, '--fix');
    expect([fixed.code, fixed.text]).toEqual([0, expect.stringContaining('✓ lifecycle: fixed')]);
    expect(fixed.text).toContain('The bucket is ready for uploads.');
    const good = await run('doctor', '--origin', PAGE, '--json');
    expect(good.code).toBe(0);
    expect(JSON.parse(good.text)).toMatchObject({ healthy: true, findings: expect.any(Array) });
  });

  it('says what it cannot see: whether the upload server knows the proxy before it', async () => {
    await start();
    const { text } = await run('doctor');
    expect(text).toMatch(/Only the bucket was looked at.*reads no X-Forwarded-\*.*`trustProxy`.*`hosts`/s);
    expect((await run('--help')).text).toMatch(/`trustProxy`.*`hosts`/s);
    // For machines there are findings only.
    expect((await run('doctor', '--json')).text).not.toContain('trustProxy');
  });

  it.each([[[]], [['dcotor']], [['doctor', '--what']], [['doctor', '--origin', 'https://a.example/path']]])(
    'ends with 2 for %j, with words',
    async (args) => {
      await start();
      const { code, text } = await run(...args);
      expect([code, text.length > 10]).toEqual([2, true]);
    },
  );

  it('says how it is used', async () => {
    await start();
    expect(await run('--help')).toMatchObject({ code: 0, text: expect.stringContaining('--fix') });
  });
});

describe('the command as it is installed', () => {
  const root = new URL('../../../', import.meta.url);
  const path = (from: string) => new URL(from, root).pathname;

  /** In a process of its own, from the built package. */
  const run = (...args: string[]) =>
    new Promise<{ code: number; text: string }>((resolve) => {
      const [{ accessKeyId, secretAccessKey }] = store.credentials;
      const env = {
        ...{ S3_BUCKET: BUCKET, S3_ENDPOINT: store.endpoint, S3_PROFILE: 'mock' },
        ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
      };
      const command = [path('packages/server/dist/cli.js'), 'doctor', '--origin', PAGE, ...args];
      execFile(process.execPath, command, { env }, (error, stdout) => {
        const text = stdout
          .replaceAll(store.endpoint, 'https://store.example')
          .replace(/differ by \d s/, 'differ by 0 s')
          // The store of this test is on this machine.
          .replace(/! local-network: .*\n.*\n/, '');
        resolve({ code: Number(error?.code ?? 0), text });
      });
    });

  it('says what the README shows: of a bad bucket, and of the same one after --fix', { timeout: 60_000 }, async () => {
    spawnSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '--build', path('packages/server')]);
    await start({ cors: false });
    await unblockPublicAccess();
    const readme = readFileSync(path('packages/server/README.md'), 'utf8');
    const [bad, good] = [...readme.matchAll(/```text\n\$ npx @portage\/server doctor[^\n]*\n(.*?)```/gs)].map(
      ([, said]) => said,
    );
    expect(await run()).toEqual({ code: 1, text: bad });
    expect((await run('--fix')).code).toBe(0);
    expect(await run()).toEqual({ code: 0, text: good });
    const { code, text } = await run('--json');
    expect([code, JSON.parse(text).healthy]).toEqual([0, true]);
  });
});
