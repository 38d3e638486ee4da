import { describe, expect, it } from 'vitest';
import { createWorld, failed, MiB, settle } from '../../test/world.ts';
import type { Outcome, Session } from '../vocabulary.ts';

const RESET = { kind: 'network' } as const;

describe('files that are created by one call', () => {
  it('fail together, take one token of the retry budget, and go on together', async () => {
    const world = createWorld({ concurrency: 6 });
    const failure = { kind: 'server', status: 502, code: 'http-502', message: '', hint: '' } as const;
    for (let i = 0; i < 60; i += 1) world.script('create', async () => failed(failure));
    for (let i = 0; i < 60; i += 1) world.start(`${i}.txt`, 1000);
    await settle();
    expect(world.calls).toHaveLength(60);
    // The first pause is 50 ms at most: nobody waits for a token.
    await world.clock.pass(50);
    expect(world.calls).toHaveLength(120);
  });

  it('but what fails by itself takes a token of its own', async () => {
    const world = createWorld({ concurrency: 6 });
    for (let i = 0; i < 90; i += 1) world.script('create', async () => failed({ kind: 'network' }));
    const silence = new Promise<never>(() => {});
    for (let i = 0; i < 60; i += 1) world.script('create', () => silence);
    for (let i = 0; i < 60; i += 1) world.start(`${i}.txt`, 1000);
    await settle();
    await world.clock.pass(50);
    expect(world.calls).toHaveLength(90);
  });

  it('whoever is back is met by a few, then by more as it answers: nobody waits for a token any longer', async () => {
    const world = createWorld({ concurrency: 6 });
    for (let i = 0; i < 92; i += 1) world.script('create', async () => failed({ kind: 'network' }));
    const files = Array.from({ length: 60 }, (_, i) => world.start(`${i}.txt`, 1000));
    await settle();
    await world.clock.pass(5_000);
    await world.drain();
    for (let i = 0; i < 9; i += 1) await settle();
    await world.drain();
    expect(files.map((file) => file.now.status)).toEqual(files.map(() => 'complete'));
  });
});

describe('one file', () => {
  it('goes in parts, at most six at once, and is completed with every part in order', async () => {
    const world = createWorld();
    const file = world.start('film.mp4', 50 * MiB);
    await settle();
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3, 4, 5, 6]);
    await world.drain();
    expect(world.sent.map((part) => part.body)).toEqual(
      Array.from({ length: 10 }, (_, i) => ({ start: i * 5 * MiB, end: (i + 1) * 5 * MiB })),
    );
    expect(world.calls).toEqual(['create film.mp4', 'sign film.mp4 7-10', 'complete film.mp4 10']);
    expect(file.now).toMatchObject({ status: 'complete', progress: { percent: 100, loaded: 50 * MiB } });
    expect(file.ends).toHaveLength(1);
  });

  it('that is handed over, not answered and not there is sent again after a pause, however often that is found', async () => {
    const world = createWorld();
    const file = world.start('note.txt', 1000);
    await settle();
    const begun = world.clock.time;
    const at: number[] = [];
    while (world.clock.time < begun + 5_000 && at.length < 50) {
      const part = world.sent[at.length];
      if (part) {
        at.push(world.clock.time - begun);
        part.progress(1000);
        await part.fail(RESET);
      } else await world.clock.pass(5);
    }
    expect(world.calls.filter((call) => call === 'list note.txt')).toHaveLength(3);
    expect(at).toEqual([0, 25, 2_025, 4_025]);
    world.held = [{ partNumber: 1, etag: '"e"', size: 1000 }];
    await world.clock.pass(10_000);
    const last = world.sent[at.length];
    last?.progress(1000);
    await last?.fail(RESET);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it('goes in one request when it is small', async () => {
    const world = createWorld();
    const file = world.start('note.txt', 12);
    await settle();
    await world.drain();
    expect(world.sent.map((part) => part.body)).toEqual([{ start: 0, end: 12 }]);
    expect(file.now.status).toBe('complete');
  });

  it('tells of each part that is stored, and of none where it goes in one request', async () => {
    const world = createWorld();
    const told: string[] = [];
    for (const [name, size] of Object.entries({ film: 12 * MiB, note: 12 })) {
      world.start(name, size, { onPartStored: ({ partNumber }) => told.push(`${name} ${partNumber}`) });
    }
    await settle();
    await world.drain();
    expect(told).toEqual(['film 1', 'film 2', 'film 3']);
  });

  it('may be empty', async () => {
    const world = createWorld();
    const file = world.start('empty', 0);
    await settle();
    await world.drain();
    expect(world.sent).toHaveLength(1);
    expect(file.now).toMatchObject({ status: 'complete', progress: { percent: 100, total: 0 } });
  });

  it('sends only the failed part again, after a jittered pause', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.sent[1]?.fail(RESET);
    expect(world.sent).toHaveLength(4);
    await world.clock.pass(24);
    expect(world.sent).toHaveLength(4);
    await world.clock.pass(1);
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3, 4, 2]);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it('waits as long as Retry-After says', async () => {
    const world = createWorld();
    world.start('a', 20 * MiB);
    await settle();
    await world.sent[0]?.fail({ kind: 'store', status: 503, code: 'SlowDown', retryAfter: 7000 });
    await world.clock.pass(6999);
    expect(world.sent).toHaveLength(4);
    await world.clock.pass(1);
    expect(world.sent).toHaveLength(5);
  });

  it('signs a part again when its signature was refused, and does so in one batch with what is due', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.sent[2]?.fail({ kind: 'store', status: 403, code: 'ExpiredToken' });
    expect(world.calls.at(-1)).toBe('sign a 3-3');
    expect(world.sent.at(-1)?.partNumber).toBe(3);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it('never sends with a signature that is past its end', async () => {
    const world = createWorld({ lifetime: 60_000, signedAhead: 10 });
    const file = world.start('a', 50 * MiB);
    await settle();
    file.upload.pause();
    await world.clock.pass(3_600_000);
    file.upload.resume();
    await settle();
    expect(world.calls).toContain('sign a 1-10');
    for (const part of world.inFlight()) expect(part.url).toContain(`signedAt=${world.clock.time}`);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it('uses signatures that live for a moment only, and does not ask for ever for better ones', async () => {
    const world = createWorld({ lifetime: 2_000 });
    const file = world.start('a', 50 * MiB);
    await settle();
    await world.drain();
    expect(file.now.status).toBe('complete');
    expect(world.calls).toEqual(['create a', 'sign a 7-10', 'complete a 10']);
  });

  it('fails with words when the store refuses it twice for the same reason', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.sent[0]?.fail({ kind: 'store', status: 403, code: 'AccessDenied' });
    await world.sent.at(-1)?.fail({ kind: 'store', status: 403, code: 'AccessDenied' });
    expect(file.now.error).toMatchObject({ code: 'store-refused', s3Code: 'AccessDenied' });
    expect(world.inFlight()).toEqual([]);
  });

  it('says that the ETag is hidden rather than completing without it', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.sent[0]?.answer({ ok: true, value: { etag: undefined } });
    expect(file.now.error?.code).toBe('etag-hidden');
  });

  it('gives up after 15 minutes without progress, not after a count of attempts', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    const failAll = async () => {
      for (const part of world.inFlight()) await part.fail(RESET);
    };
    let attempts = 0;
    for (let minute = 0; minute < 20 && file.ends.length === 0; minute += 1) {
      for (let second = 0; second < 60 && file.ends.length === 0; second += 1) {
        attempts += world.inFlight().length;
        await failAll();
        await world.clock.pass(1000);
      }
      if (minute === 13) expect(file.ends).toEqual([]);
    }
    expect(attempts).toBeGreaterThan(50);
    expect(file.now.error?.code).toBe('no-progress');
    expect(world.clock.pending).toBe(0);
  });
});

describe('pause, resume, cancel, retry', () => {
  it('stops what is in flight and goes on with what the store has not got', async () => {
    const world = createWorld();
    const file = world.start('a', 50 * MiB);
    await settle();
    await world.sent[0]?.succeed();
    await world.sent[3]?.succeed();
    file.upload.pause();
    expect(file.now.status).toBe('paused');
    await settle();
    expect(world.inFlight()).toEqual([]);
    const before = world.sent.length;
    await world.clock.pass(60_000);
    expect(world.sent).toHaveLength(before);
    file.upload.resume();
    await settle();
    expect(world.sent.slice(before).map((part) => part.partNumber)).toEqual([2, 3, 5, 6, 7, 8]);
  });

  it('keeps no slot while paused', async () => {
    const world = createWorld({ concurrency: 2 });
    const first = world.start('a', 50 * MiB);
    await settle();
    const second = world.start('b', 50 * MiB);
    await settle();
    first.upload.pause();
    await settle();
    expect(world.sent.filter((p) => !p.aborted).map((p) => new URL(p.url).pathname)).toEqual(['/b', '/b']);
    expect(second.now.status).toBe('uploading');
  });

  it('waits for a create call that is out before it pauses, so that no upload is forgotten in the store', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    file.upload.pause();
    await settle();
    expect(world.sent).toEqual([]);
    file.upload.cancel();
    await settle();
    expect(world.calls).toEqual(['create a', 'abort a']);
  });

  it('aborts in the store when canceled while the create call is out', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    file.upload.cancel();
    await settle();
    expect(world.calls).toEqual(['create a', 'abort a']);
    expect(file.ends).toEqual([{ at: 'canceled' }]);
  });

  it('aborts in the store when canceled in mid-flight, once', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    file.upload.cancel();
    file.upload.cancel();
    await settle();
    expect(world.calls.filter((call) => call === 'abort a')).toHaveLength(1);
    expect(world.sent.every((part) => part.aborted)).toBe(true);
    expect(world.clock.pending).toBe(0);
  });

  it('retries a failed file from what is stored', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.sent[0]?.succeed();
    await world.sent[1]?.fail({ kind: 'unreadable' });
    expect(file.now.error?.code).toBe('file-unreadable');
    const before = world.sent.length;
    file.upload.retry();
    await settle();
    expect(world.sent.slice(before).map((part) => part.partNumber)).toEqual([2, 3, 4]);
    await world.drain();
    expect(file.now.status).toBe('complete');
    expect(file.ends.map((end) => end.at)).toEqual(['failed', 'complete']);
  });
});

describe('an exception', () => {
  /** An upload whose part size is no number, as an app's own function may have it. */
  const openWithNaN = async () => {
    const session: Session = { kind: 'multipart', key: 'bad', token: 'tNaN', partSize: Number.NaN };
    return { ok: true, value: { session, requests: [] } } as unknown as Outcome<never>;
  };

  it('is the end of its own upload, in words, gives away what the store holds, and reaches the console', async () => {
    const world = createWorld();
    world.script('create', openWithNaN);
    const bad = world.start('bad', 20 * MiB);
    const good = world.start('good', 20 * MiB);
    await settle();
    expect(bad.now).toMatchObject({ status: 'failed', error: { code: 'app-callback' } });
    expect(bad.now.error?.message).toContain('NaN');
    expect(bad.ends.map((end) => end.at)).toEqual(['failed']);
    expect(world.calls).toContain('abort bad');
    await expect(world.clock.pass(0)).rejects.toThrow('NaN');
    await world.drain();
    expect(good.now.status).toBe('complete');
  });

  it('leaves an upload that can be retried, from its beginning', async () => {
    const world = createWorld();
    world.script('create', openWithNaN);
    const file = world.start('a', 20 * MiB);
    await settle();
    await expect(world.clock.pass(0)).rejects.toThrow();
    file.upload.retry();
    await settle();
    await world.drain();
    expect(file.ends.map((end) => end.at)).toEqual(['failed', 'complete']);
  });

  it('keeps no slot and no opening from others, however many there were', async () => {
    const world = createWorld({ concurrency: 2 });
    for (let i = 0; i < 10; i += 1) world.script('create', openWithNaN);
    for (let i = 0; i < 10; i += 1) world.start(`bad ${i}`, 20 * MiB);
    const good = world.start('good', 20 * MiB);
    await settle();
    for (let i = 0; i < 10; i += 1) await world.clock.pass(0).catch(() => {});
    await world.drain();
    expect(good.now.status).toBe('complete');
  });
});

describe('a file that cannot be read', () => {
  it('fails at once, though its request goes on waiting for bytes', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    world.unreadable = 2;
    const file = world.start('a', 20 * MiB);
    await settle();
    expect(file.now).toMatchObject({ status: 'failed', error: { code: 'file-unreadable' } });
    expect(world.inFlight()).toEqual([]);
  });

  it('fails though another attempt of the part is still under way', async () => {
    const world = createWorld();
    const file = world.start('a', 5 * MiB + 1);
    await settle();
    await world.clock.pass(31_000);
    expect(world.sent.filter((part) => part.partNumber === 1)).toHaveLength(2);
    await world.sent.findLast((part) => part.partNumber === 1)?.fail({ kind: 'unreadable' });
    expect(file.now.error?.code).toBe('file-unreadable');
    expect(world.inFlight()).toEqual([]);
  });
});

describe('the window', () => {
  it('is shared by all files, and fair', async () => {
    const world = createWorld({ signedAhead: 20 });
    for (const name of ['a', 'b', 'c']) world.start(name, 100 * MiB);
    await settle();
    expect(world.inFlight()).toHaveLength(6);
    for (let i = 0; i < 12; i += 1) await world.sent[i]?.succeed();
    const later = world.sent.slice(6).map((part) => new URL(part.url).pathname);
    for (const name of ['/a', '/b', '/c']) expect(later.filter((path) => path === name).length).toBe(4);
  });

  it('creates no more uploads than can soon be sent', async () => {
    const world = createWorld({ concurrency: 3 });
    for (let i = 0; i < 100; i += 1) world.start(`f${i}`, 2 * MiB);
    await settle();
    expect(world.calls).toHaveLength(6);
    await world.drain();
    expect(world.calls.filter((call) => call.startsWith('complete'))).toHaveLength(100);
  });

  it('lets the others go on when one file fails', async () => {
    const world = createWorld();
    const bad = world.start('bad', 20 * MiB);
    await settle();
    const good = world.start('good', 50 * MiB);
    await settle();
    await world.sent[0]?.fail({ kind: 'unreadable' });
    await world.drain();
    expect(bad.now.status).toBe('failed');
    expect(good.now.status).toBe('complete');
  });
});

describe('calls to the server', () => {
  it.each(['create', 'sign', 'complete'] as const)('%s is tried again after a lost connection', async (call) => {
    const world = createWorld();
    world.script(call, async () => failed(RESET));
    world.script(call, async () =>
      failed({ kind: 'server', status: 503, code: 'store-unavailable', message: '', hint: '' }),
    );
    const file = world.start('a', 50 * MiB);
    await settle();
    for (let i = 0; i < 5; i += 1) {
      await world.drain();
      await world.clock.pass(1_000);
    }
    expect(file.now.status).toBe('complete');
    expect(world.calls.filter((made) => made.startsWith(call)).length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    [20 * MiB, 8 * MiB, 5 * MiB],
    [100_000 * MiB, 64 * MiB, 10 * MiB],
  ])(
    'a part that is too long for a gateway has the file created anew in as small ones as there can be: %i bytes',
    async (size, partSize, expected) => {
      const world = createWorld({ partSize });
      world.start('a', size);
      await settle();
      await world.sent[0]?.fail({ kind: 'store', status: 413 });
      expect(world.intents.map((intent) => intent.partSize)).toEqual([partSize, expected]);
    },
  );

  it('unequal parts that the store does not put together are sent once more, equal ones, and later files have such at once', async () => {
    const world = createWorld({ signedAhead: 64 });
    const refusal = failed({ kind: 'store', status: 400, code: 'InvalidPart' });
    world.script('complete', async () => {
      // All of them are there.
      world.held = world.sent.map(({ partNumber, body }) => ({ partNumber, etag: '"e"', size: body.end - body.start }));
      return refusal;
    });
    world.script('complete', async () => refusal);
    const film = world.start('a', 72 * MiB, { adaptPartSize: true });
    await settle();
    await world.drain();
    expect(film.now.status).toBe('complete');
    expect(world.intents.map(({ partSize = 0, unequal }) => [partSize / MiB, unequal?.lanes])).toEqual([
      [6, 6],
      [5, undefined],
    ]);
    const lengths = world.sent.map(({ body }) => Math.round((10 * (body.end - body.start)) / MiB) / 10);
    expect(lengths).toEqual([5, 5.4, 5.8, 6.2, 6.6, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, ...Array(14).fill(5), 2]);
    world.start('b', 72 * MiB, { adaptPartSize: true });
    await settle();
    expect(world.intents.at(-1)?.partSize).toBe(5 * MiB);
  });

  it('a part that takes longer than a gateway waits, every time, has the file created anew in small ones within a minute', async () => {
    const world = createWorld({ partSize: 8 * MiB });
    world.start('a', 24 * MiB);
    await settle();
    for (let rounds = 0; rounds < 30 && world.intents.length < 2; rounds += 1) {
      for (const attempt of world.sent) attempt.progress(8 * MiB);
      await world.clock.pass(2_000);
      for (const attempt of world.sent) await attempt.fail({ kind: 'store', status: 504 });
    }
    expect(world.intents.map((intent) => intent.partSize)).toEqual([8 * MiB, 5 * MiB]);
  });

  it('a refusal by the server reaches the person in its own words', async () => {
    const world = createWorld();
    const refusal = {
      kind: 'server',
      status: 413,
      code: 'too-large',
      message: 'At most 5 GB.',
      hint: 'Pick another.',
    } as const;
    world.script('create', async () => failed(refusal));
    const file = world.start('a', 20 * MiB);
    await settle();
    expect(file.now.error).toMatchObject({ serverCode: 'too-large', message: 'At most 5 GB.', hint: 'Pick another.' });
  });

  it('lists what the store holds when it refuses to complete, and sends the gaps', async () => {
    const world = createWorld();
    world.script('complete', async () =>
      failed({ kind: 'server', status: 400, code: 'invalid-parts', message: '', hint: '' }),
    );
    world.held = [1, 2, 4].map((partNumber) => ({ partNumber, etag: `"e${partNumber}"`, size: 5 * MiB }));
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.sent.at(-1)?.partNumber).toBe(3);
    expect(world.sent).toHaveLength(5);
    expect(file.now.status).toBe('complete');
  });

  it('starts anew once when the store forgot the upload, then fails', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.sent[0]?.fail({ kind: 'store', status: 404, code: 'NoSuchUpload' });
    expect(world.calls.filter((call) => call === 'create a')).toHaveLength(2);
    await world.sent.at(-1)?.fail({ kind: 'store', status: 404, code: 'NoSuchUpload' });
    expect(file.now.error?.code).toBe('upload-gone');
  });
});

it('gives up on a server that never lets an upload begin, and keeps nothing running', async () => {
  const world = createWorld();
  for (let i = 0; i < 1000; i += 1) world.script('create', async () => failed(RESET));
  const file = world.start('a', 20 * MiB);
  await world.clock.pass(20 * 60_000);
  expect(file.now.error?.code).toBe('no-progress');
  expect(world.clock.pending).toBe(0);
});

describe('a file in one request, which may not overwrite anything, and an object that is in the way', () => {
  const TAKEN = { kind: 'store', status: 412, code: 'PreconditionFailed' } as const;
  async function startNote() {
    const world = createWorld();
    const file = world.start('note.txt', 12);
    await settle();
    return { world, file, last: () => world.sent.at(-1) };
  }

  it('is its own where the response to the first attempt was lost', async () => {
    const { world, file, last } = await startNote();
    await last()?.fail({ kind: 'network' });
    await world.clock.pass(50);
    await last()?.fail(TAKEN);
    expect(world.calls.at(-1)).toBe('complete note.txt 0');
    expect(file.now.status).toBe('complete');
  });

  it('is its own where a pause ended the first attempt', async () => {
    const { file, last } = await startNote();
    file.upload.pause();
    file.upload.resume();
    await settle();
    await last()?.fail(TAKEN);
    expect(file.now.status).toBe('complete');
  });

  it('is its own where it is sent a second time beside a silent attempt that then fails', async () => {
    const { world, file } = await startNote();
    while (world.sent.length < 2) await world.clock.pass(1_000);
    await world.sent[0]?.fail({ kind: 'network' });
    await world.sent[1]?.fail(TAKEN);
    expect(file.now.status).toBe('complete');
  });

  it('is another one where nothing was sent before, and a retry does not take it for its own', async () => {
    const { world, file, last } = await startNote();
    for (let times = 1; times < 4; times += 1) {
      await last()?.fail(TAKEN);
      expect(file.now.error?.code, `attempt ${times}`).toBe('store-refused');
      file.upload.retry();
      await settle();
      expect(world.sent).toHaveLength(times + 1);
    }
    expect(world.calls).not.toContain('complete note.txt 0');
  });

  it('is another one where the store itself refused the attempt before', async () => {
    const { world, file, last } = await startNote();
    await last()?.fail({ kind: 'store', status: 503, code: 'SlowDown' });
    await world.clock.pass(2_000);
    await last()?.fail(TAKEN);
    expect(file.now.error?.code).toBe('store-refused');
  });
});

it('a small file whose Complete is refused is not sent again at a retry', async () => {
  const world = createWorld({ kind: 'multipart' });
  const file = world.start('note.txt', 12);
  world.script('complete', async () =>
    failed({ kind: 'server', status: 422, code: 'rejected', message: '', hint: '' }),
  );
  await settle();
  await world.sent[0]?.succeed();
  expect(file.now.status).toBe('failed');
  world.held = [{ partNumber: 1, etag: '"etag-1"', size: 12 }];
  file.upload.retry();
  await settle();
  expect(file.now.status).toBe('complete');
  expect(world.sent).toHaveLength(1);
});

describe('offline', () => {
  it('parks without spending an attempt, says so, and goes on at once when the network is back', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    world.online = false;
    for (const part of world.sent.slice(0, 4)) await part.fail(RESET);
    expect(file.now.status).toBe('offline');
    await world.clock.pass(4_000);
    expect(world.sent).toHaveLength(4);
    world.online = true;
    await world.wake();
    expect(world.sent).toHaveLength(8);
    await world.drain();
    expect(file.now.status).toBe('complete');
    expect(world.wakers.size).toBe(0);
  });
});

describe('progress', () => {
  it('never goes backwards when a part is sent again', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    for (const part of world.sent) part.progress(4 * MiB);
    await world.sent[0]?.fail(RESET);
    await world.clock.pass(100);
    await world.drain();
    const loaded = file.snapshots.map((snapshot) => snapshot.progress.loaded);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
  });

  it('tells speed and time left', async () => {
    const world = createWorld();
    const file = world.start('a', 40 * MiB);
    await settle();
    for (let second = 1; second <= 10; second += 1) {
      await world.clock.pass(500);
      for (const part of world.inFlight()) part.progress(second * MiB * 0.25);
      await world.clock.pass(500);
      for (const part of world.inFlight()) part.progress(second * MiB * 0.25 + MiB * 0.125);
    }
    const { speed, eta } = file.now.progress;
    expect(speed / MiB).toBeGreaterThan(1.2);
    expect(speed / MiB).toBeLessThan(1.9);
    expect(eta).toBeGreaterThan(10);
    expect(eta).toBeLessThan(30);
  });
});

it('a listener that throws changes nothing and is heard of', async () => {
  const world = createWorld();
  const file = world.start('a', 20 * MiB, {
    onSnapshot: () => {
      throw new Error('the app has a bug');
    },
  });
  await settle();
  await world.drain();
  expect(file.ends.map((end) => end.at)).toEqual(['complete']);
  await expect(world.clock.pass(0)).rejects.toThrow('the app has a bug');
});
