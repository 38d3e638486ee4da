// The engine's world in Node: a transport over node:http with connections of its own, as each client's browser has.

import { createHash } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { crc64nvme, joinCrc64nvme } from '../../../packages/engine/dist/checksums/crc64nvme.js';
import { bytesOf } from './content.mjs';

/** One client's transport. A body says which bytes of which file it is; they are made as they are sent. */
export function nodeTransport(agent = new Agent({ keepAlive: true })) {
  return {
    agent,
    send: ({ request, body, onProgress }, signal) =>
      new Promise((resolve) => {
        const { method, headers } = request;
        const options = { method, agent, headers: { ...headers, 'Content-Length': body.end - body.start } };
        const out = httpRequest(request.url, options);
        const settle = (outcome) => {
          signal.removeEventListener('abort', stop);
          resolve(outcome);
        };
        const stop = () => {
          settle({ ok: false, failure: { kind: 'network' } });
          out.destroy();
        };
        if (signal.aborted) return stop();
        signal.addEventListener('abort', stop, { once: true });
        out.on('error', (cause) => settle({ ok: false, failure: { kind: 'network', cause } }));
        out.on('response', async (response) => {
          try {
            let text = '';
            for await (const piece of response.setEncoding('utf8')) text += piece;
            settle(read(response, text));
          } catch (cause) {
            settle({ ok: false, failure: { kind: 'network', cause } });
          }
        });
        void write(out, body, onProgress);
      }),
  };
}

async function write(out, body, onProgress) {
  let loaded = 0;
  for (const piece of bytesOf(body)) {
    if (out.destroyed) return;
    if (!out.write(piece) && !(await drained(out))) return;
    loaded += piece.length;
    onProgress(loaded);
  }
  out.end();
  if (loaded === 0) onProgress(0);
}

/** False where the connection is gone. */
function drained(out) {
  return new Promise((resolve) => {
    const done = () => {
      out.off('drain', done).off('close', done);
      resolve(!out.destroyed);
    };
    out.on('drain', done).on('close', done);
  });
}

function read({ statusCode: status, headers }, text) {
  if (status >= 200 && status < 300) return { ok: true, value: { etag: headers.etag } };
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
  const after = Number(headers['retry-after']);
  const retryAfter = Number.isNaN(after) ? undefined : after * 1_000;
  return { ok: false, failure: { kind: 'store', status, code, retryAfter } };
}

/** Checksums of what is sent, as a browser does beside its sending. */
const nodeChecksums = {
  async of(body, algorithm) {
    const md5 = createHash('md5');
    let crc = 0n;
    for (const piece of bytesOf(body)) {
      if (algorithm === 'MD5') md5.update(piece);
      else crc = crc64nvme(piece, crc);
    }
    return { ok: true, value: algorithm === 'MD5' ? BigInt(`0x${md5.digest('hex')}`) : crc };
  },
  /** No file of the crowd ever changes. */
  noticesChanges: async () => true,
  async sample({ id }, ranges) {
    let crc = 0n;
    for (const [start, end] of ranges) for (const piece of bytesOf({ id, start, end })) crc = crc64nvme(piece, crc);
    return { ok: true, value: crc };
  },
  async ofParts({ id }, lengths, algorithm) {
    const all = [];
    let start = 0;
    for (const length of lengths) {
      const { value } = await nodeChecksums.of({ id, start, end: start + length }, algorithm);
      all.push(value);
      start += length;
    }
    return { ok: true, value: all };
  },
  async join(parts, algorithm) {
    if (algorithm !== 'MD5') return { ok: true, value: joinCrc64nvme(parts) };
    const all = createHash('md5');
    for (const { checksum } of parts) all.update(Buffer.from(checksum.toString(16).padStart(32, '0'), 'hex'));
    return { ok: true, value: BigInt(`0x${all.digest('hex')}`) };
  },
};

export const nodeWorld = {
  checksums: nodeChecksums,
  random: Math.random,
  connectivity: { online: () => true, onWake: () => () => {} },
  clock: {
    now: Date.now,
    after(ms, fn) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
  },
};

/** What the code for browsers asks of one. */
export function likeABrowser() {
  globalThis.document ??= { documentElement: { lang: 'en' } };
  globalThis.addEventListener ??= () => {};
  if (!globalThis.navigator) globalThis.navigator = { language: 'en' };
}
