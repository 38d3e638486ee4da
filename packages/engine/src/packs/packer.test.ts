import { describe, expect, it } from 'vitest';
import { FakeClock, ok, settle } from '../../test/world.ts';
import type { StoredBody } from '../ports.ts';
import type { Outcome } from '../vocabulary.ts';
import { createPacker, type PackerPorts } from './packer.ts';

type Range = { start: number; end: number };
type Answer = Outcome<StoredBody>;

interface Sent {
  readonly url: string;
  readonly body: Range;
  readonly signal: AbortSignal;
  progress(loaded: number): void;
  answer(answer: Answer): Promise<void>;
}

const LOST: Answer = { ok: false, failure: { kind: 'network' } };
const SIZE = 1_000;

/** Requests and calls are answered by hand. Six files go by themselves, and hold all connections until `free`. */
async function world({
  unread = [] as number[],
  isMoreComing = (): boolean => false,
  unpack = {} as Partial<Pick<PackerPorts<Range>, 'unpack' | 'begin'>>,
} = {}) {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const calls: string[] = [];
  const packer = createPacker<Range>({
    clock,
    least: () => 0,
    sizeOf: ({ start, end }) => end - start,
    isMoreComing,
    plain: {
      send: ({ request, body, onProgress }, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(LOST));
          sent.push({
            url: request.url,
            body,
            signal,
            progress: onProgress,
            async answer(answer) {
              resolve(answer);
              await settle();
            },
          });
        }),
    },
    async join(bodies, padding) {
      const end = bodies.reduce((sum, { body }) => sum + body.end - body.start, padding);
      const read = bodies.map((_, index) => (unread.includes(index) ? undefined : { checksum: BigInt(index) }));
      return { body: { start: 0, end }, read };
    },
    async begin(tokens) {
      calls.push(`pack ${tokens.join()}`);
      return ok({ token: 'p', request: { method: 'PUT', url: 'pack', headers: {}, expiresAt: 0 } });
    },
    async unpack(token, etag, files, more) {
      calls.push(
        files.length === 0
          ? `give up ${token}`
          : more
            ? `unpack ${files.length} and more`
            : `unpack ${etag} ${files.map(({ token, start }) => `${token}@${start}`).join()}`,
      );
      return ok(files.map(({ token }) => `etag of ${token}`));
    },
    ...unpack,
  });
  const told: string[] = [];
  function send(token: string) {
    const controller = new AbortController();
    const attempt = {
      request: { method: 'PUT', url: token, headers: {}, expiresAt: 0, pack: token },
      body: { start: 0, end: SIZE },
      onProgress: (loaded: number) => told.push(`${token} ${loaded}`),
      onAlone: () => told.push(`${token} alone`),
      afterSilence: false,
    };
    let came: Answer | undefined;
    packer.send(attempt, controller.signal).then((answer) => {
      came = answer;
    });
    return {
      controller,
      get checksum() {
        return came?.ok ? came.value.checksum : undefined;
      },
      get came() {
        if (!came) return 'waits';
        return came.ok ? came.value.etag : came.failure.kind;
      },
    };
  }
  for (let i = 0; i < 6; i += 1) send(`t${i}`);
  await clock.pass(300);
  const first = sent.splice(0);
  told.length = 0;
  const free = async () => {
    for (const one of first) await one.answer(ok({ etag: 'x' }));
  };
  const urls = () => sent.map(({ url }) => url);
  return { packer, clock, sent, urls, calls, told, send, free };
}

const NAMES = Array.from({ length: 10 }, (_, index) => `f${index}`);

describe('small files', () => {
  it('are sent as one, and each gets its ETag', async () => {
    const { clock, sent, urls, calls, told, send } = await world();
    const files = NAMES.map(send);
    expect(urls()).toEqual([]);
    await clock.pass(75);
    expect(calls).toEqual([`pack ${NAMES.join()}`]);
    expect(sent).toMatchObject([{ url: 'pack', body: { start: 0, end: 10 * SIZE } }]);
    sent[0]?.progress(2_500);
    expect(told).toEqual(['f0 1000', 'f1 1000']);
    sent[0]?.progress(10_000);
    expect(told).toHaveLength(10);
    await sent[0]?.answer(ok({ etag: 'e' }));
    expect(calls[1]).toBe(`unpack e ${NAMES.map((name, index) => `${name}@${index * SIZE}`).join()}`);
    expect(files.map(({ came }) => came)).toEqual(NAMES.map((name) => `etag of ${name}`));
    expect(files.map(({ checksum }) => checksum)).toEqual(NAMES.map((_, index) => BigInt(index)));
    expect(urls()).toEqual(['pack']);
  });

  it('are taken out some at a time, by two calls at once: a slow store is waited for, and nothing is sent again', async () => {
    const calls: string[] = [];
    let open = 0;
    const { clock, sent, urls, send, free } = await world({
      unpack: {
        // 6 a second, as Swift 2.38 copies.
        async unpack(_token, etag, files, more) {
          open += 1;
          calls.push(`${etag} ${files.length}${more ? ' and more' : ''}, ${open} at once`);
          await new Promise<void>((resolve) => clock.after((files.length / 6) * 1000, resolve));
          open -= 1;
          return ok(files.map(({ token }) => token));
        },
      },
    });
    const files = Array.from({ length: 3 * 1024 }, (_, index) => send(`f${index}`));
    await clock.pass(75);
    for (const [index, pack] of sent.entries()) await pack.answer(ok({ etag: `e${index}` }));
    await clock.pass(300_000);
    expect(calls.slice(0, 3)).toEqual([
      'e0 32 and more, 1 at once',
      'e1 32 and more, 2 at once',
      'e2 32 and more, 2 at once',
    ]);
    expect(calls.filter((call) => !call.includes('more'))).toHaveLength(3);
    expect(files.filter(({ came }) => came === 'waits')).toEqual([]);
    await free();
    expect(urls()).toEqual(['pack', 'pack', 'pack']);
  });

  it('stay what they are where a later call about their pack fails: only the others go by themselves', async () => {
    let calls = 0;
    const { clock, sent, urls, packer, send, free } = await world({
      unpack: {
        async unpack(_token, _etag, files) {
          if (files.length > 0) calls += 1;
          return calls === 1 ? ok(files.map(({ token }) => token)) : (LOST as Outcome<never>);
        },
      },
    });
    const files = Array.from({ length: 100 }, (_, index) => send(`f${index}`));
    await clock.pass(75);
    await sent[0]?.answer(ok({ etag: 'e' }));
    await clock.pass(1);
    await free();
    expect([calls, packer.pays()]).toEqual([2, false]);
    expect(files.filter(({ came }) => came !== 'waits')).toHaveLength(32);
    expect(urls().slice(0, 3)).toEqual(['pack', 'f32', 'f33']);
  });

  it('go by themselves where the store lets nothing be copied, and no other pack is sent for a minute', async () => {
    let calls = 0;
    const { clock, sent, urls, packer, send, free } = await world({
      unpack: {
        async unpack(_token, _etag, files) {
          if (files.length > 0) calls += 1;
          return ok(files.map(() => undefined));
        },
      },
    });
    for (let index = 0; index < 100; index += 1) send(`f${index}`);
    await clock.pass(75);
    await sent[0]?.answer(ok({ etag: 'e' }));
    await free();
    expect([calls, packer.pays()]).toEqual([1, false]);
    expect(urls().slice(0, 3)).toEqual(['pack', 'f0', 'f1']);
  });

  it('are told of a few at a time, so that the page answers in between', async () => {
    const { clock, sent, told, send } = await world();
    const files = Array.from({ length: 100 }, (_, index) => send(`f${index}`));
    const stored = () => files.filter(({ came }) => came !== 'waits').length;
    await clock.pass(75);
    sent[0]?.progress(100 * SIZE);
    expect(told).toHaveLength(32);
    await sent[0]?.answer(ok({ etag: 'e' }));
    expect(stored()).toBeLessThanOrEqual(32);
    await clock.pass(1);
    expect(stored()).toBe(100);
  });

  it('go by themselves where there is a connection: all six while there is no pack, and four beside packs', async () => {
    const { clock, urls, told, send, free } = await world();
    await free();
    NAMES.map(send);
    await clock.pass(0);
    expect(urls()).toEqual(NAMES.slice(0, 6));
    expect(told).toEqual(NAMES.slice(0, 6).map((name) => `${name} alone`));
    // Four are no pack.
    await clock.pass(1_000);
    expect(urls()).toHaveLength(6);
    NAMES.map((name) => send(`${name} again`));
    await clock.pass(75);
    expect(urls().slice(6)).toEqual(['pack']);
  });

  it('go by themselves on all six connections again while packs are taken apart', async () => {
    const { clock, sent, urls, send, free } = await world({ unpack: { unpack: () => new Promise(() => undefined) } });
    NAMES.map(send);
    await clock.pass(75);
    await free();
    NAMES.slice(0, 5).map((name) => send(`${name} beside`));
    await clock.pass(0);
    expect(urls()).toEqual(['pack', ...NAMES.slice(0, 4).map((name) => `${name} beside`)]);
    await sent[0]?.answer(ok({ etag: 'e' }));
    send('another');
    await clock.pass(25);
    expect(urls().slice(5)).toEqual(['f4 beside', 'another']);
  });

  it('that come together are a pack first: their pack has a connection at once, and files by themselves have the others', async () => {
    let isComing = false;
    const { clock, urls, calls, send, free } = await world({ isMoreComing: () => isComing });
    await free();
    isComing = true;
    Array.from({ length: 1_100 }, (_, index) => send(`f${index}`));
    await clock.pass(0);
    expect(calls).toHaveLength(1);
    expect(urls().toSorted()).toEqual(['f1024', 'f1025', 'f1026', 'f1027', 'pack']);
    // While others are being created a connection is kept for their pack.
    isComing = false;
    const few = await world({ isMoreComing: () => isComing });
    await few.free();
    isComing = true;
    NAMES.map(few.send);
    await few.clock.pass(0);
    expect(few.urls()).toEqual(NAMES.slice(0, 4));
    isComing = false;
    await few.clock.pass(25);
    expect(few.urls()).toEqual(NAMES.slice(0, 6));
  });

  it.each([
    ['that go beside a pack count for it: by themselves all six connections would store fewer', 4, true],
    ['are no pack again where six connections store more than the pack, and what goes beside it', 0, false],
  ] as const)('%s', async (_, beside, pays) => {
    const { clock, sent, packer, send, free } = await world();
    const answer = async (url: RegExp) => {
      for (const one of sent.splice(0))
        if (url.test(one.url)) await one.answer(ok({ etag: 'e' }));
        else sent.push(one);
    };
    // 20 a second.
    await free();
    for (let index = 0; index < 20; index += 1) send(`f${index}`);
    // Six went by themselves.
    await clock.pass(75);
    for (let round = 0; round < 5; round += 1) {
      for (let index = 0; index < beside; index += 1) send(`beside ${round} ${index}`);
      await clock.pass(300);
      await answer(/^[bf]/);
    }
    await answer(/^pack/);
    await clock.pass(0);
    expect(packer.pays()).toBe(pays);
  });

  it('are begun as a third pack while two travel, which goes with the response to one of them, and without a call', async () => {
    const { clock, sent, urls, calls, send } = await world({ unpack: { unpack: () => new Promise(() => undefined) } });
    Array.from({ length: 4_200 }, (_, index) => send(`f${index}`));
    await clock.pass(0);
    expect([calls.length, urls()]).toEqual([3, ['pack', 'pack']]);
    await sent[1]?.answer(ok({ etag: 'e' }));
    expect(urls()).toEqual(['pack', 'pack', 'pack']);
    // And the next one is begun.
    expect(calls).toHaveLength(4);
  });

  it('of a pack that waits for its turn, and are all removed, leave the turn to the next', async () => {
    const { clock, sent, urls, calls, send } = await world({ unpack: { unpack: () => new Promise(() => undefined) } });
    const files = Array.from({ length: 4_200 }, (_, index) => send(`f${index}`));
    await clock.pass(0);
    for (const { controller } of files.slice(2048, 3072)) controller.abort();
    await sent[0]?.answer(ok({ etag: 'e' }));
    await clock.pass(25);
    expect([calls.filter((call) => call.startsWith('pack')).length, urls()]).toEqual([4, ['pack', 'pack', 'pack']]);
  });

  it('are sent by themselves where their pack breaks, and so is each next attempt', async () => {
    const { clock, sent, urls, packer, send, free } = await world();
    const files = NAMES.map(send);
    await clock.pass(75);
    await sent[0]?.answer(LOST);
    expect(urls()).toEqual(['pack']);
    await free();
    expect(files.every(({ came }) => came === 'waits')).toBe(true);
    expect(urls()).toEqual(['pack', ...NAMES.slice(0, 6)]);
    expect(packer.pays()).toBe(false);
    await sent[1]?.answer(ok({ etag: 'own' }));
    expect(files[0]?.came).toBe('own');
    expect(urls()).toHaveLength(8);
    await sent[2]?.answer(LOST);
    expect(files[1]?.came).toBe('network');
    for (const one of sent.slice(3)) await one.answer(ok({ etag: 'own' }));
    for (const one of sent.slice(8)) await one.answer(ok({ etag: 'own' }));
    await clock.pass(120_000);
    expect(packer.pays()).toBe(true);
    send('f1');
    await settle();
    expect(urls().at(-1)).toBe('f1');
  });

  it('that are not taken out, or cannot be read, go by themselves, and nobody else', async () => {
    const { clock, sent, urls, calls, send, free } = await world({
      unread: [3],
      unpack: {
        unpack: async (_token, _etag, files) => ok(files.map(({ token }) => (token === 'f5' ? undefined : token))),
      },
    });
    const files = NAMES.map(send);
    await clock.pass(75);
    await sent[0]?.answer(ok({ etag: 'e' }));
    await free();
    expect(urls().slice(1)).toEqual(['f3', 'f5']);
    expect(files.map(({ came }) => came)).toEqual(NAMES.map((name) => (/[35]/.test(name) ? 'waits' : name)));
    expect(calls).toHaveLength(1);
  });

  it('that are paused or removed leave the others alone', async () => {
    const { clock, sent, calls, told, send } = await world();
    const files = NAMES.map(send);
    files[0]?.controller.abort();
    await clock.pass(75);
    expect(calls).toEqual([`pack ${NAMES.slice(1).join()}`]);
    files[1]?.controller.abort();
    sent[0]?.progress(9_000);
    expect(told).not.toContain('f1 1000');
    await sent[0]?.answer(ok({ etag: 'e' }));
    // Its bytes have travelled, and nobody takes them out.
    expect(calls[1]).toBe(`unpack e ${NAMES.slice(2).map((name, index) => `${name}@${(index + 1) * SIZE}`)}`);
    expect(files.slice(0, 2).map(({ came }) => came)).toEqual(['network', 'network']);
  });

  it('that are all gone take their pack with them', async () => {
    const { clock, sent, urls, calls, packer, send } = await world();
    const files = NAMES.map(send);
    await clock.pass(75);
    for (const { controller } of files) controller.abort();
    await settle();
    expect(sent[0]?.signal.aborted).toBe(true);
    expect(calls.slice(1)).toEqual(['give up p']);
    expect(urls()).toEqual(['pack']);
    expect(packer.pays()).toBe(true);
  });

  it('that are all gone before their pack has begun have it given up, and nothing is sent', async () => {
    let begin = () => {};
    const { clock, urls, calls, send } = await world({
      unpack: {
        begin: () =>
          new Promise((resolve) => {
            const request = { method: 'PUT', url: 'pack', headers: {}, expiresAt: 0 } as const;
            begin = () => resolve(ok({ token: 'p', request }));
          }),
      },
    });
    const files = NAMES.map(send);
    await clock.pass(75);
    for (const { controller } of files) controller.abort();
    begin();
    await settle();
    expect([calls, urls()]).toEqual([['give up p'], []]);
  });

  it('have their pack given up once more where the network was down: when a file gets through', async () => {
    const answers: Outcome<never>[] = [
      LOST as Outcome<never>,
      { ok: false, failure: { kind: 'stalled' } },
      { ok: false, failure: { kind: 'server', status: 403, code: 'token-expired', message: '', hint: '' } },
    ];
    let calls = 0;
    const unpack = async () => answers[calls++] ?? ok([]);
    const { clock, sent, send, free } = await world({ unpack: { unpack } });
    NAMES.map(send);
    await clock.pass(75);
    await sent[0]?.answer(LOST);
    await clock.pass(600_000);
    expect(calls).toBe(1);
    await free();
    // The second was not heard either. What the server refused is over.
    expect(calls).toBe(3);
  });

  it('go by themselves where their pack is silent for half a minute, or cannot be begun', async () => {
    const silent = await world();
    NAMES.map(silent.send);
    await silent.clock.pass(75);
    silent.sent[0]?.progress(5_000);
    await silent.clock.pass(29_999);
    expect(silent.urls()).toEqual(['pack']);
    await silent.clock.pass(2);
    await silent.free();
    expect(silent.urls()).toHaveLength(7);
    const refused = await world({ unpack: { begin: async () => LOST as Outcome<never> } });
    NAMES.map(refused.send);
    await refused.clock.pass(75);
    await refused.free();
    expect(refused.urls()).toEqual(NAMES.slice(0, 6));
  });
});
