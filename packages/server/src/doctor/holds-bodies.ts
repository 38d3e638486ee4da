import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LateRequest } from './bucket.ts';

/** How long a response may take that needs no body, in milliseconds. */
const SOON = 3_000;
/** How long one may take once the body is there. */
const TIMEOUT = 60_000;

/**
 * Whether what stands in front of the store waits for the whole body before the store hears of the request. It is asked
 * with a request whose time is over: a store refuses it by its first lines, so where the refusal comes before the body, the
 * store has heard of it. It is told only where the store itself, asked from here without what is in front, does not wait
 * for the body either; and where the refusal does come, once the body is sent.
 */
export async function holdsBodies(byPage: LateRequest, byServer: LateRequest, size: number): Promise<boolean> {
  if (byPage.url === byServer.url) return false;
  const direct = await answers(byServer, size);
  if (direct !== 'before the body') return false;
  return (await answers(byPage, size)) === 'after the body';
}

type Answered = 'before the body' | 'after the body' | 'not';

/** Sends all of a body but its last byte, waits, then sends that. */
function answers({ url, headers }: LateRequest, size: number): Promise<Answered> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? overHttps : overHttp;
    const sent = send(url, { method: 'PUT', headers: { ...headers, 'content-length': String(size) }, agent: false });
    let isWhole = false;
    let timer = setTimeout(() => {
      isWhole = true;
      sent.end(new Uint8Array(1));
      timer = setTimeout(() => end('not'), TIMEOUT);
    }, SOON);
    const end = (answered: Answered) => {
      clearTimeout(timer);
      sent.destroy();
      resolve(answered);
    };
    sent.on('response', () => end(isWhole ? 'after the body' : 'before the body'));
    sent.on('error', () => end('not'));
    sent.write(new Uint8Array(size - 1));
  });
}
