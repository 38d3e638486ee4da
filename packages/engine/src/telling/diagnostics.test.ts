import { describe, expect, it } from 'vitest';
import { createWorld, failed, MiB, settle, type WorldOptions } from '../../test/world.ts';
import { diagnosticsOf, startRecord, takeNote, type UploadRecord } from './diagnostics.ts';
import type { Note } from './trace.ts';

/** A world whose uploads are recorded. */
function createRecordedWorld(options: WorldOptions = {}) {
  const records = new Map<string, UploadRecord>();
  const world = createWorld({
    ...options,
    trace(now, id, note) {
      if (note[0] === 'begun') records.set(id, startRecord(note[1], now));
      const record = records.get(id);
      if (record) takeNote(record, note, now);
    },
  });
  const diagnostics = (id: string) => {
    const record = records.get(id);
    if (!record) throw new Error(`Nothing was told of ${id}.`);
    return diagnosticsOf(record, world.clock.time);
  };
  return { ...world, world, records, diagnostics };
}

describe('the record of an upload', () => {
  it('has the times, the bytes and the end of each attempt', async () => {
    const { world, clock, sent, diagnostics, drain } = createRecordedWorld({ hidesProgress: true });
    world.start('film.MP4', 12 * MiB);
    await settle();
    await clock.pass(100);
    sent[0]?.progress(1 * MiB);
    await clock.pass(400);
    sent[0]?.progress(5 * MiB);
    await clock.pass(200);
    await sent[0]?.succeed();
    await drain();
    expect(diagnostics('film.MP4')).toMatchObject({
      version: 1,
      status: 'complete',
      duration: 700,
      file: { size: 12 * MiB, extension: 'mp4' },
      plan: { kind: 'multipart', partSize: 5 * MiB, parts: 3, held: 0 },
      totals: { attempts: 3, retries: 0, bytesLost: 0, outcomes: { stored: 3 } },
      attempts: [
        [1, 0, 100, 500, 700, 'stored'],
        [2, 0, null, null, 700, 'stored'],
        [3, 0, null, null, 700, 'stored'],
      ],
      phases: [
        ['uploading', 0],
        ['complete', 700],
      ],
      samples: { every: 250, moved: [1 * MiB, 0, 4 * MiB], inFlight: [3, 3, 3], window: [6, 6, 6] },
    });
  });

  it('tells why attempts came to nothing, and what the next one cost', async () => {
    const { world, clock, sent, diagnostics, drain } = createRecordedWorld({ hidesProgress: true });
    world.start('a', 12 * MiB);
    await settle();
    sent[0]?.progress(3 * MiB);
    await sent[0]?.fail({ kind: 'store', status: 503, code: 'SlowDown' });
    await sent[1]?.fail({ kind: 'network' });
    await clock.pass(500);
    const again = sent.findLast(({ partNumber }) => partNumber === 1);
    again?.progress(4 * MiB);
    await drain();
    const { attempts, totals, samples } = diagnostics('a');
    expect(attempts.map(([partNumber, start, , , , outcome]) => [partNumber, start, outcome])).toEqual([
      [1, 0, 'store 503 SlowDown'],
      [2, 0, 'network'],
      [3, 0, 'stored'],
      [2, 25, 'stored'],
      [1, 500, 'stored'],
    ]);
    expect(totals).toMatchObject({ attempts: 5, retries: 2, retryPauses: 525, bytesLost: 3 * MiB });
    // The same signatures again: the browser may still have leave.
    expect(totals.preflights).toBe(3);
    // The second attempt counts once it has passed the first one's mark.
    expect(samples.moved).toEqual([3 * MiB, 0, 1 * MiB]);
  });

  it('tells of silence, of the attempt beside it, and which of the two was stopped', async () => {
    const { world, clock, sent, diagnostics, drain } = createRecordedWorld();
    const file = world.start('a', 30 * MiB);
    await settle();
    for (const part of sent.slice(1)) await part.succeed();
    await clock.pass(30_000);
    expect(sent.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3, 4, 5, 6, 1]);
    await sent[6]?.succeed();
    await drain();
    expect(file.now.status).toBe('complete');
    const { attempts, totals } = diagnostics('a');
    expect(totals.beside).toBe(1);
    expect(attempts.filter(([partNumber]) => partNumber === 1)).toEqual([
      [1, 0, 0, null, 30_000, 'stopped'],
      [1, 30_000, 0, null, 0, 'stored'],
    ]);
  });

  it('tells which small files travelled in a pack, and when one went by itself after all', async () => {
    const options = { packs: true, hosts: ['http://store.test'], concurrency: undefined, hidesProgress: true } as const;
    const { world, clock, sent, diagnostics } = createRecordedWorld(options);
    for (const name of ['a', 'b', 'c']) world.start(name, 1_000);
    await settle();
    const [inPack, left, alone] = sent;
    alone?.alone?.();
    await clock.pass(100);
    for (const one of sent) one.progress(1_000);
    await clock.pass(400);
    for (const one of [inPack, alone]) await one?.succeed();
    // Its pack broke.
    left?.alone?.();
    await clock.pass(200);
    left?.progress(1_000);
    await clock.pass(100);
    await left?.succeed();
    await settle();
    const told = ['a', 'b', 'c'].map(diagnostics);
    expect(told.map(({ alone, attempts }) => [alone, attempts])).toEqual([
      [null, [[1, 0, 100, 100, 500, 'stored']]],
      [500, [[1, 0, 100, 100, 800, 'stored']]],
      [0, [[1, 0, 100, 100, 500, 'stored']]],
    ]);
    // Nobody is asked for leave to send what travels in a pack.
    expect(told.map(({ totals }) => totals.preflights)).toEqual([0, 1, 1]);
  });

  it('tells of each call, how long it took, and how many parts it signed', async () => {
    const { world, clock, diagnostics, drain } = createRecordedWorld();
    world.script('create', async () => failed({ kind: 'server', status: 500, code: 'boom', message: 'm', hint: 'h' }));
    world.start('a', 50 * MiB);
    await settle();
    await clock.pass(1_000);
    await drain();
    const { calls } = diagnostics('a');
    expect(calls).toEqual([
      ['create', 0, 0, 'server 500 boom', 0],
      ['create', 25, 0, 'ok', 0],
      ['sign', 25, 0, 'ok', 4],
      ['complete', 1_000, 0, 'ok', 0],
    ]);
  });

  it('tells of pauses, of the network that was gone, and of the end', async () => {
    const recorded = createRecordedWorld();
    const { world, clock, sent, diagnostics } = recorded;
    const { upload } = world.start('a', 12 * MiB);
    await settle();
    await clock.pass(1_000);
    upload.pause();
    await clock.pass(4_000);
    upload.resume();
    await settle();
    recorded.world.online = false;
    for (const part of world.inFlight()) await part.fail({ kind: 'network' });
    await clock.pass(2_000);
    recorded.world.online = true;
    await world.wake();
    await sent.at(-1)?.fail({ kind: 'store', status: 400, code: 'EntityTooLarge' });
    const { phases, totals, error, status, attempts } = diagnostics('a');
    expect(phases).toEqual([
      ['uploading', 0],
      ['paused', 1_000],
      ['offline', 5_000],
      ['failed', 7_000],
    ]);
    expect(totals.parked).toBe(3);
    expect([status, error]).toEqual(['failed', 'store-refused']);
    expect(attempts.at(-1)?.[5]).toBe('store 400 EntityTooLarge');
  });

  it('holds nothing that must not be shown', async () => {
    const secrets = ['secret-name', 'secret-key', 'secret-token', 'secret-url', 'secret-signature', 'secret-header'];
    const others = ['secret-meta', 'secret-message', 'secret-hint', 'secret-code', 'secret-etag', 'secret-cause'];
    const { world, clock, sent, diagnostics } = createRecordedWorld();
    const url = 'https://secret-url.test/secret-key?X-Amz-Signature=secret-signature';
    const request = {
      method: 'PUT',
      url,
      headers: { Authorization: 'secret-header' },
      expiresAt: clock.time + 900_000,
    };
    const session = { kind: 'multipart', key: 'secret-key', token: 'secret-token', partSize: 5 * MiB } as const;
    const requests = [1, 2, 3].map((partNumber) => ({ partNumber, request }));
    world.script('create', async () => ({ ok: true, value: { session, requests } as never }));
    const message = 'secret-message';
    world.script('complete', async () =>
      failed({ kind: 'server', status: 403, code: 'no, <secret-code>', message, hint: 'secret-hint' }),
    );
    world.start('my secret-name.secret-name', 12 * MiB);
    await settle();
    await sent[0]?.fail({ kind: 'store', status: 503, code: 'secret-code: a sentence, or <xml>' });
    await sent[1]?.fail({ kind: 'network', cause: new Error('secret-cause') });
    await clock.pass(2_000);
    for (const part of world.inFlight()) await part.answer({ ok: true, value: { etag: '"secret-etag"' } });
    const shown = diagnostics('my secret-name.secret-name');
    expect(shown.status).toBe('failed');
    const text = JSON.stringify(shown);
    for (const secret of [...secrets, ...others]) expect(text).not.toContain(secret);
    expect(shown.totals.outcomes).toMatchObject({ 'store 503': 1, network: 1, stored: 3 });
    expect(shown.calls.at(-1)?.[3]).toBe('server 403');
  });
});

describe('the size of a record', () => {
  const intent = { id: 'a', name: 'a.bin', size: 50_000 * MiB, type: '', partSize: 5 * MiB, meta: {} };
  const session = { kind: 'multipart', key: 'k', token: 't', partSize: 5 * MiB } as const;
  const created: Note = [
    'turned',
    { type: 'created', session, requests: [] },
    [],
    { at: 'creating', call: { is: 'asking', tries: 0 }, history: { startedAnew: false, lists: 0 } },
    6,
  ];
  const answered = { ok: true, value: undefined } as const;

  function recordOf(parts: number, attempts: number): UploadRecord {
    const record = startRecord(intent, 0);
    takeNote(record, created, 0);
    let now = 0;
    let number = 0;
    for (let part = 1; part <= parts; part += 1) {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        number += 1;
        takeNote(record, ['sent', number, part, 'url'], now);
        takeNote(record, ['moved', number, 5 * MiB], now + 900);
        const outcome = attempt < attempts ? failed({ kind: 'network' }) : answered;
        takeNote(record, ['answered', number, outcome, false, false], now + 1_100);
        now += 1_100;
      }
    }
    return record;
  }

  it('stays below 400 kB for 10,000 parts, and with retries grows by a bounded piece', () => {
    const once = JSON.stringify(diagnosticsOf(recordOf(10_000, 1), 1e8)).length;
    const often = JSON.stringify(diagnosticsOf(recordOf(10_000, 2), 1e8)).length;
    expect(once).toBeLessThan(400_000);
    expect(often).toBeLessThan(500_000);
  });

  it('forgets the oldest attempts of a part that fails without end, and keeps their count', () => {
    const shown = diagnosticsOf(recordOf(1, 5_000), 1e9);
    expect(shown.attempts).toHaveLength(2_001);
    expect(shown.leftOut.attempts).toBe(2_999);
    expect(shown.totals).toMatchObject({ attempts: 5_000, outcomes: { network: 4_999, stored: 1 } });
    expect(shown.totals.bytesLost).toBe(4_999 * 5 * MiB);
    expect(shown.samples.moved.length).toBeLessThanOrEqual(256);
    // Every byte of the part counts once.
    expect(shown.samples.moved.reduce((sum, bytes) => sum + bytes, 0)).toBe(5 * MiB);
  });
});
