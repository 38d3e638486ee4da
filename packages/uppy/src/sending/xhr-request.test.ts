import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendByXhr, type XhrAttempt } from './xhr-request.ts';

/** Longer than the pauses between looks at a file that cannot be read, in milliseconds. */
const LOOKS = 2_100;

/** What the code under test asks of the browser; a test plays the network. */
class FakeXhr {
  static latest: FakeXhr;
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void; onload?: () => void } = {};
  onload?: () => void;
  onerror?: () => void;
  status = 0;
  responseText = '';
  readonly said: unknown[] = [];
  readonly headers = new Map<string, string>();

  constructor() {
    FakeXhr.latest = this;
  }
  open(...address: unknown[]) {
    if (address[1] === 'no address') throw new SyntaxError('Invalid URL');
    this.said.push(address);
  }
  setRequestHeader(...header: unknown[]) {
    this.said.push(header);
  }
  send(body: unknown) {
    this.said.push(body);
  }
  abort() {
    this.said.push('aborted');
  }
  getResponseHeader(name: string) {
    return this.headers.get(name) ?? null;
  }
  respond(status: number, text: string, headers: Record<string, string> = {}) {
    for (const [name, value] of Object.entries(headers)) this.headers.set(name, value);
    Object.assign(this, { status, responseText: text });
    this.onload?.();
  }
}

const BODY = new Blob(['0123456789']);
/** A file that has become shorter: it reads fewer bytes than it says. */
const SHORTER = Object.assign(new Blob(['0123456789']), {
  slice: () => ({ size: 1, arrayBuffer: async () => new ArrayBuffer(0) }),
});

const watched = { wasRead: vi.fn(), lives: vi.fn(), hiddenBy: vi.fn(async () => undefined), end: vi.fn() };
const lookout = {
  makeWay: vi.fn(async () => {}),
  watchResponse: vi.fn((_url: string, _onDecided?: () => void) => watched),
};
const onProgress = vi.fn();
const leaving = new AbortController();

function begin(attempt: Partial<XhrAttempt> = {}, signal: AbortSignal = leaving.signal) {
  const request = { method: 'PUT', url: 'https://store.example/a', headers: { 'x-a': '1' }, expiresAt: 0 };
  const all = { request, body: BODY, onProgress, afterSilence: false, ...attempt } as XhrAttempt;
  return sendByXhr(all, signal, lookout);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.stubGlobal('XMLHttpRequest', FakeXhr);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe('one request', () => {
  it('sends what was signed, tells how far it is, and returns what came back', async () => {
    const outcome = begin();
    const xhr = FakeXhr.latest;
    expect(xhr.said).toEqual([['PUT', 'https://store.example/a'], ['x-a', '1'], BODY]);
    xhr.upload.onprogress?.({ loaded: 4, total: 10 });
    expect(onProgress.mock.calls).toEqual([[4]]);
    expect(watched.lives).toHaveBeenCalledOnce();
    xhr.respond(200, '', { ETag: '"1"', 'Retry-After': '7' });
    expect(await outcome).toEqual({
      ok: true,
      value: { status: 200, etag: '"1"', contentType: null, retryAfter: null, text: '' },
    });
    expect([watched.wasRead.mock.calls.length, watched.end.mock.calls.length]).toEqual([1, 1]);
    expect(lookout.makeWay).not.toHaveBeenCalled();
  });

  it('asks for a header that few stores let pages read only where they refuse', async () => {
    const outcome = begin();
    FakeXhr.latest.respond(503, '', { 'Retry-After': '7' });
    expect(await outcome).toMatchObject({ value: { status: 503, retryAfter: '7' } });
  });

  it('after a silence waits until a connection is alive', async () => {
    let alive = () => {};
    lookout.makeWay.mockImplementationOnce(() => new Promise((resolve) => (alive = resolve)));
    const before = FakeXhr.latest;
    const outcome = begin({ afterSilence: true });
    expect(FakeXhr.latest).toBe(before);
    alive();
    await vi.waitFor(() => expect(FakeXhr.latest).not.toBe(before));
    FakeXhr.latest.respond(200, '');
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('as a form has the file behind its fields, and its envelope is no progress', async () => {
    const request = { method: 'POST', url: 'https://store.example/', headers: {}, fields: { key: 'a' }, expiresAt: 0 };
    const outcome = begin({ request } as Partial<XhrAttempt>);
    const xhr = FakeXhr.latest;
    expect([...(xhr.said[1] as FormData).keys()]).toEqual(['key', 'file']);
    xhr.upload.onprogress?.({ loaded: 100, total: 200 });
    expect(onProgress.mock.calls).toEqual([[5]]);
    xhr.respond(204, '');
    await outcome;
  });
});

describe('a request that fails', () => {
  it('by the network says what keeps its response from the page, with the body where some of it had moved', async () => {
    const hidden = { ms: 1, by: 'unknown', of: 'store' };
    watched.hiddenBy.mockResolvedValueOnce(hidden as never);
    const outcome = begin();
    FakeXhr.latest.upload.onprogress?.({ loaded: 4, total: 10 });
    FakeXhr.latest.onerror?.();
    expect(await outcome).toEqual({ ok: false, failure: { kind: 'network', hidden } });
    expect(watched.hiddenBy.mock.calls).toEqual([[leaving.signal, BODY]]);
  });

  it('by the network because its file has become shorter says that', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const outcome = begin({ body: SHORTER });
    FakeXhr.latest.onerror?.();
    await vi.advanceTimersByTimeAsync(LOOKS);
    expect(await outcome).toEqual({ ok: false, failure: { kind: 'unreadable' } });
    expect(watched.hiddenBy).not.toHaveBeenCalled();
  });

  it.each([
    ['a file that has become shorter', SHORTER, { ok: false, failure: { kind: 'unreadable' } }],
    ['a file that is as long as it was', BODY, { ok: true, value: { status: 400 } }],
  ])('at the store, cut short, is looked into: %s', async (_, body, expected) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const outcome = begin({ body });
    FakeXhr.latest.respond(400, '<Error><Code>IncompleteBody</Code></Error>');
    await vi.advanceTimersByTimeAsync(LOOKS);
    expect(await outcome).toMatchObject(expected);
  });

  it('because nobody can send what was signed is the signer’s fault', async () => {
    const request = { method: 'PUT', url: 'no address', headers: {}, expiresAt: 0 };
    expect(await begin({ request } as Partial<XhrAttempt>)).toMatchObject({
      ok: false,
      failure: { kind: 'app-callback' },
    });
  });

  it('is ended with its signal, before it was sent and after', async () => {
    expect(await begin({}, AbortSignal.abort())).toEqual({ ok: false, failure: { kind: 'network' } });
    const controller = new AbortController();
    const outcome = begin({}, controller.signal);
    controller.abort();
    expect(await outcome).toEqual({ ok: false, failure: { kind: 'network' } });
    expect(FakeXhr.latest.said.at(-1)).toBe('aborted');
  });

  it('because Firefox waits for bytes that are gone is found by looking at the file', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const outcome = begin({ body: SHORTER });
    // The first look only notes that nothing moved.
    await vi.advanceTimersByTimeAsync(4_000 + LOOKS);
    expect(await outcome).toEqual({ ok: false, failure: { kind: 'unreadable' } });
  });

  it('to move soon after the person has decided is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const outcome = begin();
    lookout.watchResponse.mock.lastCall?.[1]?.();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(FakeXhr.latest.said).not.toContain('aborted');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await outcome).toMatchObject({ ok: false, failure: { kind: 'network' } });
    expect(FakeXhr.latest.said.at(-1)).toBe('aborted');
  });
});

it('looks no longer once its body is sent', () => {
  begin();
  expect(vi.getTimerCount()).toBe(1);
  FakeXhr.latest.upload.onload?.();
  expect(vi.getTimerCount()).toBe(0);
});
