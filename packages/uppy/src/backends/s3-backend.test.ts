import { describe, expect, it } from 'vitest';
import { callbackFailure } from './s3-backend.ts';

const refusal = (more: object) => Object.assign(new Error('No.'), more);

describe('what a throwing signRequest means', () => {
  it.each([
    ['fetch without a network, in Chromium', new TypeError('Failed to fetch'), { kind: 'network' }],
    ['in Firefox', new TypeError('NetworkError when attempting to fetch resource.'), { kind: 'network' }],
    ['in Safari', new TypeError('Load failed'), { kind: 'network' }],
    ['a time-out', new DOMException('', 'TimeoutError'), { kind: 'network' }],
    ["a gateway's page in place of JSON", new SyntaxError('Unexpected token <'), { refused: false }],
    ['a bug', new TypeError('x is undefined'), { refused: false }],
    ['an Error of the app', new Error('You may not.'), { refused: true }],
    ['one that says that it stays', refusal({ retryable: false }), { refused: true }],
    ['one that says that it passes', refusal({ retryable: true, status: 403 }), { refused: false }],
    ['a status of 403', refusal({ status: 403 }), { refused: true }],
    ['a status of 429', refusal({ status: 429 }), { refused: false }],
    ['a status of 408', refusal({ status: 408 }), { refused: false }],
    ['a status of 502', refusal({ status: 502 }), { refused: false }],
    ['a TypeError with a status of 403', Object.assign(new TypeError('No.'), { status: 403 }), { refused: true }],
    ['no Error at all', 'No.', { refused: false }],
    ['nothing', undefined, { refused: false }],
  ])('%s', (_, cause, failure) => {
    expect(callbackFailure(cause)).toMatchObject({
      ...('kind' in failure ? {} : { kind: 'app-callback' }),
      ...failure,
    });
  });
});
