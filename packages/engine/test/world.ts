/** A world that a test turns by hand: time passes when told, and each request is answered when told. */
import { planParts, type StoredPart } from '@portage/protocol';
import { joinCrc64nvme } from '../src/checksums/crc64nvme.ts';
import type {
  Backend,
  Checksums,
  Clock,
  Connectivity,
  Failure,
  Intent,
  Note,
  Outcome,
  PartRequest,
  ReadyPart,
  Result,
  Session,
  StoredBody,
  Trace,
  Transport,
  UploadListener,
  UploadSnapshot,
} from '../src/index.ts';
import { createEngine } from '../src/index.ts';

export const MiB = 1024 * 1024;

export interface SentPart {
  readonly url: string;
  readonly partNumber: number;
  readonly body: { start: number; end: number };
  readonly aborted: boolean;
  readonly afterSilence: boolean;
  /** Whether it may travel with others; `alone` says that it does not. */
  readonly pack: string | undefined;
  readonly alone: (() => void) | undefined;
  progress(loaded: number): void;
  answer(outcome: Outcome<StoredBody>): Promise<void>;
  succeed(): Promise<void>;
  fail(failure: Failure): Promise<void>;
}

export class FakeClock implements Clock {
  time = 1_000_000;
  #timers: { at: number; fn: () => void }[] = [];

  now() {
    return this.time;
  }

  after(ms: number, fn: () => void) {
    const timer = { at: this.time + ms, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, running what comes due in its order. */
  async pass(ms: number) {
    const end = this.time + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.fn();
      await settle();
    }
    this.time = end;
  }

  get pending() {
    return this.#timers.length;
  }
}

/** Lets every promise that can settle now do so. */
export async function settle() {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
}

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}

export interface WorldOptions {
  /** @default 6; `undefined`: as the engine finds it out */
  concurrency?: number | undefined;
  partSize?: number;
  signBatch?: number;
  /** How many parts the create call signs. */
  signedAhead?: number;
  lifetime?: number;
  kind?: Session['kind'];
  checksum?: Session['checksum'];
  bandwidthLimit?: number;
  /** How long each sign call takes, in milliseconds. @default 0 */
  signing?: number;
  /** Of the store, with the scheme. @default one */
  hosts?: readonly [string, ...string[]];
  /** Whether the store is said to speak HTTP/2. */
  http2?: boolean;
  /** Whether small files may travel together; a test answers each as if it had gone by itself. */
  packs?: boolean;
  /** Sends parts in place of the one whose answers a test gives by hand. */
  transport?: (clock: FakeClock) => Transport<{ start: number; end: number }>;
  trace?: (now: number, id: string, note: Note) => void;
  /** Whether requests show no progress. @default each shows its first byte at once */
  hidesProgress?: boolean;
}

export function createWorld(options: WorldOptions = {}) {
  const concurrency = 'concurrency' in options ? options.concurrency : 6;
  const { partSize = 5 * MiB, signBatch = 64, signedAhead = 6, lifetime = 900_000 } = options;
  const clock = new FakeClock();
  const sent: SentPart[] = [];
  const calls: string[] = [];
  const proofs: string[] = [];
  const checksummed: number[] = [];
  const reads: string[] = [];
  const wakers = new Set<() => void>();
  const intents: Intent[] = [];
  const scripted = new Map<string, (() => Promise<Outcome<never>>)[]>();
  const world = {
    online: true,
    random: 0.5,
    savesData: false,
    held: [] as StoredPart[],
    /** The number of the part that cannot be read; infinity: none can. */
    unreadable: 0,
    noticesChanges: true,
    readingTakes: 0,
    edit: 0n,
    between: undefined as unknown,
    bandwidthLimit: options.bandwidthLimit,
  };
  let sessions = 0;

  const { hosts: [host, ...others] = ['https://store.test'] } = options;
  const request = (session: Session, partNumber: number): PartRequest => {
    const path = `/${session.key}?partNumber=${partNumber}&signedAt=${clock.time}`;
    const alternatives = others.map((other) => `${other}${path}`);
    const { http2, packs } = options;
    const expiresAt = clock.time + lifetime;
    const pack = packs ? session.token : undefined;
    return { method: 'PUT', url: `${host}${path}`, alternatives, headers: {}, expiresAt, http2, pack };
  };
  const ready = (session: Session, partNumber: number): ReadyPart => ({
    partNumber,
    request: request(session, partNumber),
  });

  async function scriptedOr<T>(name: string, usual: () => T): Promise<Outcome<T>> {
    const answer = scripted.get(name)?.shift();
    return answer ? answer() : ok(usual());
  }

  const backend: Backend = {
    signBatch,
    create(intent: Intent) {
      calls.push(`create ${intent.name}`);
      intents.push(intent);
      return scriptedOr('create', () => {
        sessions += 1;
        const kind = options.kind ?? (intent.partSize === undefined ? 'single' : 'multipart');
        const { unequal } = intent;
        const wish = unequal?.partSize ?? (intent.adaptPartSize ? (intent.partSize ?? partSize) : partSize);
        const size = kind === 'single' ? Math.max(1, intent.size) : wish;
        const { checksum } = options;
        const session: Session = {
          kind,
          key: intent.name,
          token: `t${sessions}`,
          partSize: size,
          lanes: unequal?.lanes,
          checksum,
        };
        const { count } = planParts(intent.size, size, unequal?.lanes);
        const numbers = Array.from({ length: Math.min(signedAhead, count) }, (_, i) => i + 1);
        return { session, requests: numbers.map((n) => ready(session, n)) };
      });
    },
    async sign(session, numbers) {
      calls.push(`sign ${session.key} ${numbers[0]}-${numbers.at(-1)}`);
      if (options.signing) await new Promise<void>((resolve) => clock.after(options.signing ?? 0, resolve));
      return scriptedOr('sign', () => numbers.map((n) => ready(session, n)));
    },
    listParts(session) {
      calls.push(`list ${session.key}`);
      return scriptedOr('list', () => ({ kind: 'parts' as const, parts: world.held }));
    },
    complete(session, parts, proof) {
      if (proof) proofs.push(proof.checksum ?? proof.etag ?? '');
      calls.push(`complete ${session.key} ${parts.length}`);
      return scriptedOr<Result>('complete', () => ({ key: session.key, location: 'https://x', etag: '"whole"' }));
    },
    async abort(session) {
      calls.push(`abort ${session.key}`);
      return ok(undefined);
    },
  };

  const transport: Transport<{ start: number; end: number }> = {
    send: ({ request, body, onProgress, afterSilence, onAlone }, signal) =>
      new Promise((resolve) => {
        const partNumber = Number(new URL(request.url).searchParams.get('partNumber'));
        const answer = async (outcome: Outcome<StoredBody>) => {
          answered.add(entry);
          resolve(outcome);
          await settle();
        };
        const entry: SentPart = {
          url: request.url,
          partNumber,
          body,
          afterSilence,
          pack: request.pack,
          alone: onAlone,
          get aborted() {
            return signal.aborted;
          },
          progress: onProgress,
          answer,
          succeed: () => answer(ok({ etag: `"etag-${partNumber}"` })),
          fail: (failure) => answer(failed(failure)),
        };
        signal.addEventListener('abort', () => resolve(failed({ kind: 'network' })));
        sent.push(entry);
        if (!options.hidesProgress) onProgress(1);
      }),
  };

  // A part's checksum is its start: joining and comparing do not care.
  const checksums: Checksums<{ start: number; end: number }> = {
    async of({ start }) {
      checksummed.push(start);
      if (start === (world.unreadable - 1) * partSize) return failed({ kind: 'unreadable' });
      return ok(BigInt(start + 1) + world.edit);
    },
    noticesChanges: async () => world.noticesChanges,
    async ofParts(_file, lengths, _, signal) {
      reads.push('whole');
      if (world.readingTakes > 0) await new Promise<void>((resolve) => clock.after(world.readingTakes, resolve));
      if (signal.aborted) return failed({ kind: 'network' });
      let start = 0;
      const all = lengths.map((length) => {
        start += length;
        return BigInt(start - length + 1) + world.edit;
      });
      return ok(all);
    },
    async sample(_, ranges) {
      reads.push(`${ranges.length} samples`);
      if (world.unreadable === Number.POSITIVE_INFINITY) return failed({ kind: 'unreadable' });
      return ok(world.edit);
    },
    join: async (parts, algorithm) =>
      ok(algorithm === 'MD5' ? parts.reduce((all, { checksum }) => all + checksum, 0n) : joinCrc64nvme(parts)),
  };

  const connectivity: Connectivity = {
    online: () => world.online,
    savesData: () => world.savesData,
    between: () => world.between,
    onWake(listener) {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
  };

  const trace: Trace = (id, ...note) => options.trace?.(clock.time, id, note);
  const engine = createEngine(
    {
      transport: options.transport?.(clock) ?? transport,
      packs: () => options.packs === true,
      ...{ checksums, backend, clock, random: () => world.random, connectivity },
    },
    { concurrency, bandwidthLimit: () => world.bandwidthLimit, trace },
  );

  function start(
    name: string,
    size: number,
    extra: Partial<UploadListener> & Pick<Intent, 'priority' | 'adaptPartSize'> = {},
  ) {
    const { priority, adaptPartSize, ...listeners } = extra;
    const snapshots: UploadSnapshot[] = [];
    const ends: Parameters<UploadListener['onEnd']>[0][] = [];
    const source = { size, slice: (from: number, to: number) => ({ start: from, end: to }) };
    const intent: Intent = {
      id: name,
      name,
      size,
      type: '',
      partSize: size > partSize ? partSize : undefined,
      meta: {},
      ...(priority !== undefined && { priority }),
      ...(adaptPartSize && { adaptPartSize }),
    };
    const upload = engine.start(source, intent, {
      onSnapshot: (snapshot) => snapshots.push(snapshot),
      onEnd: (end) => ends.push(end),
      ...listeners,
    });
    return {
      upload,
      snapshots,
      ends,
      get now() {
        const last = snapshots.at(-1);
        if (!last) throw new Error('no snapshot yet');
        return last;
      },
    };
  }

  return {
    set online(online: boolean) {
      world.online = online;
    },
    set random(random: number) {
      world.random = random;
    },
    set savesData(savesData: boolean) {
      world.savesData = savesData;
    },
    /** What stands between the page and the network. */
    set between(between: unknown) {
      world.between = between;
    },
    /** Whether the browser refuses to read files that have changed. */
    set noticesChanges(noticesChanges: boolean) {
      world.noticesChanges = noticesChanges;
    },
    /** How long it takes to read a whole file again, in milliseconds. */
    set readingTakes(ms: number) {
      world.readingTakes = ms;
    },
    /** From now on reads give other bytes. */
    editFiles() {
      world.edit += 1n;
    },
    /** The part that cannot be read. */
    set unreadable(partNumber: number) {
      world.unreadable = partNumber;
    },
    set bandwidthLimit(limit: number | undefined) {
      world.bandwidthLimit = limit;
    },
    set held(held: StoredPart[]) {
      world.held = held;
    },
    clock,
    sent,
    calls,
    intents,
    proofs,
    checksummed,
    /** How files were looked at beside their sending. */
    reads,
    wakers,
    start,
    wake: async () => {
      for (const waker of [...wakers]) waker();
      await settle();
    },
    /** The next call of that name gets this response instead of the usual one. */
    script(name: 'create' | 'sign' | 'list' | 'complete', answer: () => Promise<Outcome<never>>) {
      scripted.set(name, [...(scripted.get(name) ?? []), answer]);
    },
    /** Parts sent and not answered or aborted yet. */
    inFlight: () => sent.filter((part) => !part.aborted && !answered.has(part)),
    /** Answers everything in flight, again and again, until nothing more is sent. */
    async drain() {
      for (;;) {
        const open = sent.filter((part) => !part.aborted && !answered.has(part));
        if (open.length === 0) return;
        for (const part of open) await part.succeed();
      }
    },
  };
}

const answered = new WeakSet<SentPart>();
