// Signatures per second on one core, for presigned part URLs: ours, the same steps on node:crypto, Amazon's presigner and
// aws4fetch.
// Run by `npm run bench:sign`.
import { createHmac, hash } from 'node:crypto';
import { S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AwsV4Signer } from 'aws4fetch';
import { createSigner, encodeRfc3986, signingKey } from '../dist/sigv4.js';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const BATCH = 64;
const WARM_UP = 10_000;
const at = Date.now();
const region = 'eu-central-1';
const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const sessionToken = 'IQoJb3JpZ2luX2VjE'.repeat(50);
const uploadId = 'VXBsb2FkIElEIGZvciA2aWWpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZA';
const origin = 'https://media.s3.eu-central-1.amazonaws.com';
const path = '/uploads/01JD3V0T8H5Z/holiday-in-the-mountains.mov';
const url = (n) => `${origin}${path}?partNumber=${n}&uploadId=${uploadId}`;
const headers = { 'content-length': String(8 * 1024 * 1024) };

/** As the server signs the parts of an upload: what they have in common once for each batch. */
function ours(credentials, digests) {
  const signer = createSigner({ ...credentials, region, ...(digests && { digests }) });
  let count = 0;
  let sign;
  return (n) => {
    if (count++ % BATCH === 0)
      sign = signer.presigner({ method: 'PUT', url: origin + path, headers, expiresIn: 900, at });
    return sign(`partNumber=${n}&uploadId=${uploadId}`).url;
  };
}

/** One by one, as requests of other kinds are signed. */
function oneByOne(credentials, digests) {
  const signer = createSigner({ ...credentials, region, ...(digests && { digests }) });
  return (n) => signer.presign({ method: 'PUT', url: url(n), headers, expiresIn: 900, at }).url;
}

const nodeDigests = {
  sha256: (text) => hash('sha256', text, 'hex'),
  hmac: (key) => (text) => createHmac('sha256', key).update(text).digest('hex'),
};

/** The least that node:crypto can do: one template for the text, one hash, one HMAC, the day's key cached. */
function nodeCrypto() {
  const datetime = `${new Date(at).toISOString().replace(/[:-]/g, '').slice(0, 15)}Z`;
  const date = datetime.slice(0, 8);
  const scope = `${date}/${region}/s3/aws4_request`;
  const key = signingKey({ ...keys, date, region, service: 's3' });
  const credential = encodeRfc3986(`${keys.accessKeyId}/${scope}`);
  const host = new URL(origin).host;
  return (n) => {
    const query =
      `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${datetime}&X-Amz-Expires=900` +
      `&X-Amz-SignedHeaders=content-length%3Bhost&partNumber=${n}&uploadId=${uploadId}`;
    const request =
      `PUT\n${path}\n${query}\ncontent-length:${headers['content-length']}\nhost:${host}\n\n` +
      'content-length;host\nUNSIGNED-PAYLOAD';
    const text = `AWS4-HMAC-SHA256\n${datetime}\n${scope}\n${hash('sha256', request, 'hex')}`;
    return `${origin}${path}?${query}&X-Amz-Signature=${createHmac('sha256', key).update(text).digest('hex')}`;
  };
}

function aws4fetch() {
  const cache = new Map();
  const datetime = `${new Date(at).toISOString().replace(/[:-]/g, '').slice(0, 15)}Z`;
  return async (n) => {
    const signed = await new AwsV4Signer({
      ...keys,
      region,
      service: 's3',
      method: 'PUT',
      url: `${url(n)}&X-Amz-Expires=900`,
      headers,
      signQuery: true,
      allHeaders: true,
      cache,
      datetime,
    }).sign();
    return signed.url.href;
  };
}

/** As its documentation shows it. It takes the time of signing from the clock, so its signature is not compared. */
function awsPresigner() {
  const credentials = { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey };
  const client = new S3Client({ region, credentials });
  const part = { Bucket: 'media', Key: path.slice(1), UploadId: uploadId, ContentLength: 8 * 1024 * 1024 };
  return (n) => getSignedUrl(client, new UploadPartCommand({ ...part, PartNumber: n }), { expiresIn: 900 });
}

const signatureOf = (href) => new URL(href).searchParams.get('X-Amz-Signature');
const signatures = [ours(keys)(7), oneByOne(keys)(7), nodeCrypto()(7), await aws4fetch()(7)].map(signatureOf);
if (new Set(signatures).size !== 1) throw new Error(`The signers disagree: ${signatures}`);

async function measure(name, sign, warmUp = WARM_UP) {
  const part = (i) => 1 + (i % 10_000);
  for (let i = 0; i < warmUp; i++) await sign(part(i));
  const batches = [];
  let count = 0;
  const start = performance.now();
  const cpu = process.cpuUsage();
  while (performance.now() - start < SECONDS * 1000) {
    const batch = performance.now();
    for (let i = 0; i < BATCH; i++) {
      const made = sign(part(count++));
      // Awaiting a string would cost the synchronous signers a microtask that they do not need.
      if (typeof made !== 'string') await made;
    }
    batches.push(performance.now() - batch);
  }
  const { user, system } = process.cpuUsage(cpu);
  const perCpuSecond = Math.round((count / (user + system)) * 1e6)
    .toLocaleString('en')
    .padStart(9);
  batches.sort((x, y) => x - y);
  const quantile = (share) => batches[Math.floor(batches.length * share)];
  const perSecond = (share) =>
    Math.round((BATCH / quantile(share)) * 1000)
      .toLocaleString('en')
      .padStart(9);
  // On a machine that does other things too, processor time and the fastest tenth show what the code costs.
  console.log(
    `${name.padEnd(37)}${perCpuSecond} per CPU second   median ${perSecond(0.5)} /s   fastest tenth ${perSecond(0.1)} /s` +
      `   batch of ${BATCH}: p99 ${quantile(0.99).toFixed(2)} ms`,
  );
}

await measure('ours, as the server runs it on Node', ours(keys, nodeDigests));
await measure('  with a session token', ours({ ...keys, sessionToken }, nodeDigests));
await measure('  one by one', oneByOne(keys, nodeDigests));
await measure('ours, portable (browsers, workers)', ours(keys));
await measure('a template on node:crypto (ceiling)', nodeCrypto());
await measure('aws4fetch', aws4fetch());
await measure('@aws-sdk/s3-request-presigner', awsPresigner(), 1000);
