import { describe, expect, it } from 'vitest';
import type { Failure } from '../failure.ts';
import { backoff, decide, GIVE_UP_AFTER, type Situation } from './retry-policy.ts';

const calm: Situation = {
  step: 'part',
  tries: 0,
  sent: 'nothing',
  unanswered: 0,
  partSize: 8 * 1024 * 1024,
  single: false,
  signedAgain: false,
  damagedBefore: false,
  doubtful: false,
  signatureOld: false,
  lists: 0,
  startedAnew: false,
  passed: false,
  idle: 0,
  online: true,
  hold: 0,
  random: 0.5,
};
const store = (status: number, code?: string, retryAfter?: number): Failure => ({
  kind: 'store',
  status,
  code,
  retryAfter,
});
const server = (status: number, code: string): Failure => ({ kind: 'server', status, code, message: 'm', hint: 'h' });
const hiddenFor = (ms: number): Failure => ({
  kind: 'network',
  hidden: { origin: 'https://store.test', by: 'cors', ms },
});
const HIDDEN = hiddenFor(6_000);
const FORBIDDEN: Failure = { kind: 'network', hidden: { origin: 'https://store.test', by: 'policy', ms: Infinity } };
const DENIED: Failure = { kind: 'network', hidden: { origin: 'http://10.0.0.9', by: 'permission', ms: Infinity } };
const OF_SERVER: Failure = {
  kind: 'network',
  hidden: { origin: 'https://api.test', by: 'cors', ms: 6_000, of: 'server' },
};
/** A gateway has given up on a whole part three times before. */
const SLOW = { tries: 3, sent: 'all' } as const;
const fail = (code: string) => ({ do: 'fail', error: { code } });

const TABLE: [name: string, failure: Failure, situation: Partial<Situation>, decision: object][] = [
  ['a lost connection', { kind: 'network' }, {}, { do: 'retry', ms: 25 }],
  ['a lost connection, the fourth time', { kind: 'network' }, { tries: 3 }, { do: 'retry', ms: 200 }],
  [
    'a lost connection, the hundredth time',
    { kind: 'network' },
    { tries: 99, signedAgain: true },
    { do: 'retry', ms: 10_000 },
  ],
  ['a lost connection again and again', { kind: 'network' }, { tries: 4 }, { do: 'sign-again' }],
  ['a lost connection with the budget spent', { kind: 'network' }, { hold: 4000 }, { do: 'retry', ms: 4000 }],
  ['a stall', { kind: 'stalled' }, {}, { do: 'retry', ms: 25 }],
  ['no network', { kind: 'network' }, { online: false }, { do: 'park', ms: 5000 }],
  ['no network for an hour', { kind: 'network' }, { online: false, idle: 3_600_000 }, { do: 'park', ms: 5000 }],
  ['a quarter of an hour in vain', { kind: 'network' }, { idle: GIVE_UP_AFTER + 1 }, fail('no-progress')],
  [
    'a quarter of an hour of silence: no signature is to blame for that',
    { kind: 'stalled' },
    { idle: GIVE_UP_AFTER + 1, signatureOld: true, tries: 4 },
    fail('no-progress'),
  ],
  ['status 0 with an old signature', { kind: 'network' }, { signatureOld: true }, { do: 'sign-again' }],
  [
    'status 0 with an old signature, signed again',
    { kind: 'network' },
    { signatureOld: true, signedAgain: true },
    { do: 'retry', ms: 25 },
  ],
  [
    'an unread answer: a gateway whose server is away for a moment',
    hiddenFor(0),
    { tries: 1 },
    { do: 'retry', ms: 3125 },
  ],
  [
    'an unread answer again and again, in less than six seconds: once more when they are over',
    hiddenFor(3_400),
    { tries: 3 },
    { do: 'retry', ms: 2600 },
  ],
  ['the same where those are far off', hiddenFor(2_000), { tries: 3 }, { do: 'retry', ms: 3125 }],
  ['an unread answer for six seconds, the second time for this part', HIDDEN, { tries: 1 }, { do: 'retry', ms: 3125 }],
  ['an unread answer for six seconds', HIDDEN, { tries: 2 }, { do: 'sign-again' }],
  ['an unread answer again and again', hiddenFor(0), { tries: 4 }, { do: 'sign-again' }],
  ['an unread answer after another signature', HIDDEN, { tries: 3, signedAgain: true }, fail('store-unreadable')],
  [
    'an unread answer after another signature, too soon',
    hiddenFor(4_000),
    { tries: 5, signedAgain: true },
    { do: 'retry', ms: 2000 },
  ],
  [
    'an unread answer to a body that was begun: a gateway may limit its length',
    HIDDEN,
    { tries: 3, signedAgain: true, sent: 'some' },
    { do: 'start-anew', small: true },
  ],
  [
    'an unread answer to a body, where one as long was taken before',
    HIDDEN,
    { tries: 3, signedAgain: true, sent: 'some', passed: true },
    fail('store-unreadable'),
  ],
  [
    'an unread answer to the first of the smaller parts, whose signature is new',
    HIDDEN,
    { tries: 0, sent: 'some', small: true },
    fail('store-unreadable'),
  ],
  [
    'a connection that is reset in the same part for the sixth time',
    { kind: 'network' },
    { tries: 5, signedAgain: true, sent: 'some' },
    { do: 'retry', ms: 800 },
  ],
  [
    'and for the seventh: a gateway may limit the length of a body without a word',
    { kind: 'network' },
    { tries: 6, signedAgain: true, sent: 'some' },
    { do: 'start-anew', small: true },
  ],
  [
    'the same, where a part as long was taken before: what is stored is not given up',
    { kind: 'network' },
    { tries: 6, signedAgain: true, sent: 'some', passed: true },
    { do: 'retry', ms: 1600 },
  ],
  [
    'a part that is lost for its age: fewer go at once now',
    { kind: 'too-old', atOnce: 3 },
    { tries: 6, sent: 'some' },
    { do: 'retry', ms: 1600 },
  ],
  [
    'the same where it had the link for itself: a smaller one may be through',
    { kind: 'too-old', atOnce: 0.75 },
    { sent: 'some' },
    { do: 'start-anew', small: true },
  ],
  [
    'the same of one that cannot be smaller: the link may be faster soon',
    { kind: 'too-old', atOnce: 0.375 },
    { sent: 'some', small: true },
    { do: 'retry', ms: 25 },
  ],
  ['and for the third time', { kind: 'too-old', atOnce: 0.1875 }, { sent: 'some', small: true }, fail('too-slow')],
  [
    'a Create without a response, for the second time',
    { kind: 'network' },
    { step: 'create', tries: 1 },
    { do: 'retry', ms: 3125 },
  ],
  ['an unread answer to Create', hiddenFor(0), { step: 'create', tries: 1 }, { do: 'retry', ms: 3125 }],
  [
    'an unread answer to ListParts, the third time',
    hiddenFor(0),
    { step: 'list', tries: 2 },
    { do: 'retry', ms: 3125 },
  ],
  ['an unread answer to Create, the third time', hiddenFor(0), { step: 'create', tries: 2 }, fail('store-unreadable')],
  ['an unread answer to ListParts', HIDDEN, { step: 'list', tries: 4 }, fail('store-unreadable')],
  ['what the policy of the page forbids', FORBIDDEN, {}, fail('store-unreadable')],
  ['what the person did not allow', DENIED, {}, fail('local-network-denied')],
  ['an unread answer of the upload server', OF_SERVER, { step: 'sign', tries: 2 }, fail('server-unreadable')],
  ['a part handed over and not answered', { kind: 'network' }, { sent: 'all', unanswered: 1 }, { do: 'retry', ms: 25 }],
  [
    'a part handed over and not answered twice',
    { kind: 'network' },
    { sent: 'all', unanswered: 2, tries: 1 },
    { do: 'look', ms: 2000 },
  ],
  ['a gateway that gives up twice', store(504), { sent: 'all', unanswered: 2, tries: 1 }, { do: 'look', ms: 2000 }],
  ['a 404 without the words of S3', store(404), {}, { do: 'retry', ms: 500 }],
  ['such a 404 for half a minute', store(404), { idle: 30_001 }, fail('gateway-refused')],
  ['409 ConditionalRequestConflict', store(409, 'ConditionalRequestConflict'), {}, { do: 'retry', ms: 25 }],
  ['409 OperationAborted', store(409, 'OperationAborted'), { step: 'complete' }, { do: 'retry', ms: 25 }],
  ['NoSuchKey of ListParts, as Ceph has it', store(404, 'NoSuchKey'), { step: 'list' }, { do: 'start-anew' }],
  ['413 of a gateway', store(413), { sent: 'some' }, { do: 'start-anew', small: true }],
  ['413 of a gateway for a small part', store(413), { sent: 'some', small: true }, fail('gateway-refused')],
  ['413 of a gateway for a small file', store(413), { sent: 'all', partSize: 1000 }, fail('gateway-refused')],
  ['403 of a gateway', store(403), { signedAgain: true }, fail('gateway-refused')],
  ['406 of a gateway', store(406), {}, fail('gateway-refused')],
  ['500', store(500, 'InternalError'), {}, { do: 'retry', ms: 25 }],
  ['502', store(502), {}, { do: 'retry', ms: 25 }],
  ['a region that is gone', { kind: 'moved' }, {}, { do: 'start-anew' }],
  ['504', store(504), {}, { do: 'retry', ms: 25 }],
  ['504 of a gateway for the fourth time', store(504), SLOW, { do: 'start-anew', small: true }],
  ['524, which is Cloudflare’s, for the fourth time', store(524), SLOW, { do: 'start-anew', small: true }],
  ['504 of a gateway that has passed such a part', store(504), { ...SLOW, passed: true }, { do: 'retry', ms: 200 }],
  ['504 in the store’s own words', store(504, 'GatewayTimeout'), SLOW, { do: 'retry', ms: 200 }],
  ['408', store(408), {}, { do: 'retry', ms: 25 }],
  ['400 RequestTimeout', store(400, 'RequestTimeout'), {}, { do: 'retry', ms: 25 }],
  ['503 SlowDown', store(503, 'SlowDown'), {}, { do: 'retry', ms: 500 }],
  ['429', store(429), {}, { do: 'retry', ms: 500 }],
  ['Retry-After', store(503, 'SlowDown', 7000), { tries: 9 }, { do: 'retry', ms: 7000 }],
  ['a Retry-After of a day', store(503, 'SlowDown', 86_400_000), {}, { do: 'retry', ms: 120_000 }],
  ['ExpiredToken', store(400, 'ExpiredToken'), {}, { do: 'sign-again' }],
  ['RequestTimeTooSkewed', store(403, 'RequestTimeTooSkewed'), {}, { do: 'sign-again' }],
  ['403 once', store(403, 'AccessDenied'), {}, { do: 'sign-again' }],
  ['403 twice', store(403, 'AccessDenied'), { signedAgain: true }, fail('store-refused')],
  [
    '403 twice with an old signature',
    store(403, 'AccessDenied'),
    { signedAgain: true, signatureOld: true },
    { do: 'sign-again' },
  ],
  [
    '412 on a PUT of the whole file, which may be the second one',
    store(412, 'PreconditionFailed'),
    { single: true, doubtful: true },
    { do: 'confirm' },
  ],
  ['412 on the first PUT', store(412, 'PreconditionFailed'), { single: true }, fail('store-refused')],
  ['412 on a part', store(412, 'PreconditionFailed'), { doubtful: true }, fail('store-refused')],
  ['412 on Complete', store(412, 'PreconditionFailed'), { step: 'complete' }, fail('store-refused')],
  ['BadDigest once', store(400, 'BadDigest'), {}, { do: 'retry', ms: 0 }],
  ['BadDigest after other failures', store(400, 'BadDigest'), { tries: 3 }, { do: 'retry', ms: 0 }],
  ['BadDigest twice', store(400, 'BadDigest'), { damagedBefore: true }, fail('corrupt')],
  ['NoSuchUpload', store(404, 'NoSuchUpload'), {}, { do: 'start-anew' }],
  ['NoSuchUpload again', store(404, 'NoSuchUpload'), { startedAnew: true }, fail('upload-gone')],
  ['InvalidPart on complete', store(400, 'InvalidPart'), { step: 'complete' }, { do: 'list' }],
  [
    'InvalidPart of unequal parts that are all there: the store may want equal ones',
    store(400, 'InvalidPart'),
    { step: 'complete', lists: 1, unequal: true },
    { do: 'start-anew', small: true },
  ],
  [
    'the same by the server',
    server(400, 'invalid-parts'),
    { step: 'complete', lists: 1, unequal: true },
    { do: 'start-anew', small: true },
  ],
  [
    'InvalidPart of equal ones then',
    store(400, 'InvalidPart'),
    { step: 'complete', lists: 1, small: true },
    { do: 'list' },
  ],
  ['InvalidPart for ever', store(400, 'InvalidPart'), { step: 'complete', lists: 3 }, fail('store-refused')],
  ['EntityTooSmall', store(400, 'EntityTooSmall'), { step: 'complete' }, fail('store-refused')],
  ['a hidden ETag', { kind: 'etag-hidden' }, {}, fail('etag-hidden')],
  ['a file that is gone', { kind: 'unreadable' }, {}, fail('file-unreadable')],
  ['a file that has changed', { kind: 'changed' }, {}, fail('file-changed')],
  ['a login page', { kind: 'invalid-response' }, {}, { do: 'retry', ms: 500 }],
  [
    'a login page for a quarter of an hour',
    { kind: 'invalid-response' },
    { idle: GIVE_UP_AFTER + 1 },
    fail('invalid-response'),
  ],
  ['a throwing callback', { kind: 'app-callback', cause: new Error('x') }, { step: 'sign' }, { do: 'retry', ms: 500 }],
  ['a request that no browser takes', { kind: 'app-callback', cause: new TypeError('x') }, {}, { do: 'sign-again' }],
  [
    'a callback that throws for half a minute',
    { kind: 'app-callback', cause: 1 },
    { step: 'sign', idle: 30_001 },
    fail('app-callback'),
  ],
  ['the server does not know who is asking', server(401, 'unauthorized'), {}, fail('unauthorized')],
  [
    'not even for Complete, where all is sent: asked once more, with fresh headers',
    server(401, 'unauthorized'),
    { step: 'complete' },
    { do: 'retry', ms: 500 },
  ],
  [
    'nor then: the store may hold the object already',
    server(401, 'unauthorized'),
    { step: 'complete', tries: 1 },
    { do: 'list' },
  ],
  ['nor after that', server(403, 'unauthorized'), { step: 'complete', lists: 1 }, fail('unauthorized')],
  ['the server refuses', server(413, 'too-large'), {}, fail('server-refused')],
  ['a gateway refuses a call', server(403, 'http-403'), { step: 'sign' }, fail('gateway-refused')],
  ['a gateway refuses to complete', server(403, 'http-403'), { step: 'complete' }, { do: 'retry', ms: 500 }],
  [
    'and does so for half a minute',
    server(403, 'http-403'),
    { step: 'complete', idle: 30_001 },
    fail('gateway-refused'),
  ],
  ['an ingress is set up anew', server(404, 'http-404'), { step: 'create' }, { do: 'retry', ms: 500 }],
  ['the app refuses', { kind: 'app-callback', cause: 1, refused: true }, { step: 'sign' }, fail('app-callback')],
  ['the server is restarted', server(502, 'http-502'), {}, { do: 'retry', ms: 25 }],
  ['the server cannot reach the store', server(503, 'store-unavailable'), {}, { do: 'retry', ms: 500 }],
  ['the server says that the upload is unknown', server(404, 'no-such-upload'), {}, { do: 'start-anew' }],
  ['the server misses parts', server(400, 'invalid-parts'), { step: 'complete' }, { do: 'list' }],
  ['the stored bytes are wrong', server(400, 'checksum-mismatch'), { step: 'complete' }, { do: 'list' }],
  ['the stored bytes stay wrong', server(400, 'checksum-mismatch'), { step: 'complete', lists: 2 }, fail('corrupt')],
  ['the stored size is wrong', server(409, 'size-mismatch'), { step: 'complete' }, fail('corrupt')],
];

describe('decide', () => {
  it.each(TABLE)('%s', (_, failure, situation, decision) => {
    expect(decide(failure, { ...calm, ...situation })).toMatchObject(decision);
  });
});

describe('backoff', () => {
  it('is spread evenly from nothing to the bound, which doubles up to 20 s', () => {
    const bounds = [0, 1, 2, 8, 9, 1000].map((tries) => backoff(50, tries, 1));
    expect(bounds).toEqual([50, 100, 200, 12_800, 20_000, 20_000]);
    const samples = Array.from({ length: 1000 }, (_, i) => backoff(50, 20, i / 1000));
    for (let decile = 0; decile < 10; decile += 1) {
      const within = samples.filter((ms) => ms >= decile * 2000 && ms < (decile + 1) * 2000);
      expect(within.length).toBe(100);
    }
  });
});
