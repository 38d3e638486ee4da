/** Small files on their way together: gathered, sent as one object, and taken out by the server. */
import type { Clock, StoredBody, Transport } from '../ports.ts';
import type { Outcome, PartRequest } from '../vocabulary.ts';
import {
  AT_ONCE,
  aloneAtOnce,
  NOTHING_SEEN,
  nextPack,
  packsPay,
  sawAlone,
  sawBroken,
  sawPack,
  sawTaken,
  takeAtOnce,
  type Ways,
} from './plan.ts';

type Attempt<Body> = Parameters<Transport<Body>['send']>[0];
type Answer = Awaited<ReturnType<Transport<unknown>['send']>>;

export interface PackerPorts<Body> {
  readonly clock: Clock;
  /** Sends one request. */
  readonly plain: Transport<Body>;
  /** Bytes that a pack has at least. */
  least(): number;
  /** Reads several bodies into one, each once, with so many bytes behind them. */
  join(bodies: readonly ToJoin<Body>[], padding: number): Promise<Joined<Body>>;
  sizeOf(body: Body): number;
  /** Whether more small files are being created. */
  isMoreComing(): boolean;
  /** Begins a pack of these files, by their tokens. */
  begin(
    tokens: readonly string[],
    padding: number,
  ): Promise<Outcome<{ readonly token: string; readonly request: PartRequest }>>;
  /**
   * Takes files out of a pack. Returns the ETag of each, in their order; undefined where it was not taken out. With no files the pack is
   * given up.
   * @param etag - What the store answered for the pack. Not needed to give it up.
   * @param more - Whether others are taken out of it later. If not, the server deletes the pack, and its bytes leave the quota.
   */
  unpack(
    token: string,
    etag: string | undefined,
    files: readonly { readonly token: string; readonly start: number }[],
    more: boolean,
    signal?: AbortSignal,
  ): Promise<Outcome<readonly (string | undefined)[]>>;
}

export interface ToJoin<Body> {
  readonly body: Body;
  /** The checksum that is wanted of it. */
  readonly algorithm: Attempt<Body>['algorithm'];
}

export interface Joined<Body> {
  readonly body: Body;
  /** What was read of each, in their order; undefined where it cannot be read: as many bytes stand in its place. */
  readonly read: readonly ({ readonly checksum: bigint | undefined } | undefined)[];
}

export interface Packer<Body> extends Transport<Body> {
  /** Whether files are to be sent together now. */
  pays(): boolean;
}

interface Member<Body> {
  readonly attempt: Attempt<Body>;
  readonly token: string;
  readonly size: number;
  readonly signal: AbortSignal;
  readonly settle: (answer: Answer | Promise<Answer>) => void;
}

interface Slot<Body> {
  readonly member: Member<Body>;
  readonly token: string;
  readonly checksum: bigint | undefined;
  /** Where it begins in the pack, in bytes. */
  readonly start: number;
}

/** A pack without a sign of life for so long is given up, and its files go by themselves. In milliseconds. */
const SILENT = 30_000;

/** A page is told of so many files in one task: what follows for each takes a moment, and a click would wait for all of them. */
const IN_A_TASK = 32;

/**
 * Calls that take files out of packs, at once. A browser has six connections to the upload server too, and while packs are taken
 * apart, files are completed and the next ones are created.
 */
const CALLS = 2;

const GONE: Outcome<never> = { ok: false, failure: { kind: 'network' } };

/**
 * A transport that sends small files together. A file whose pack breaks, or that is not taken out of it, goes by itself within the
 * same attempt. Retries are not made here: an attempt that fails then has failed, and the next one of that file goes by itself.
 */
export function createPacker<Body>(ports: PackerPorts<Body>): Packer<Body> {
  const { clock, plain } = ports;
  let ways: Ways = NOTHING_SEEN;
  let waiting: Member<Body>[] = [];
  let cameAt = 0;
  /** Packs that were begun and are not stored. */
  let underWay = 0;
  /** Files that are stored, by packs and beside them. */
  let stored = 0;
  const calling = inTurns(CALLS);
  const travelling = inTurns(AT_ONCE);
  let stopLooking: (() => void) | undefined;
  /** Files that go by themselves. */
  const queue: Member<Body>[] = [];
  let alone = 0;
  const parted = new Set<string>();
  /** Tokens of packs that were given up while the server could not be reached. */
  const unheard: string[] = [];
  const pays = () => packsPay(ways, clock.now());

  /** Each goes by itself, as soon as there is a connection for it. */
  function part(members: readonly Member<Body>[]): void {
    for (const { token } of members) parted.add(token);
    queue.push(...members);
    fill();
  }

  function fill(): void {
    const most = aloneAtOnce(pays() && (underWay > 0 || ports.isMoreComing()));
    while (alone < most) {
      const member = queue.shift() ?? waiting.shift();
      if (!member) return;
      if (!member.signal.aborted) sendAlone(member);
    }
  }

  async function sendAlone({ attempt, token, signal, settle }: Member<Body>): Promise<void> {
    alone += 1;
    const begunAt = clock.now();
    const { onAlone, algorithm, ...bare } = attempt;
    const sending = plain.send(bare, signal);
    onAlone?.();
    settle(sending);
    const answer = await sending.catch(() => GONE);
    alone -= 1;
    if (answer.ok) {
      stored += 1;
      ways = sawAlone(ways, clock.now() - begunAt);
      parted.delete(token);
      for (const pack of unheard.splice(0)) giveUp(pack);
    }
    fill();
  }

  /** Has the server delete a pack, whatever came of it. Said again once a file gets through, where the network is down. */
  async function giveUp(token: string): Promise<void> {
    const told = await ports.unpack(token, undefined, [], false).catch(() => GONE);
    if (!told.ok && /^(?:network|stalled)$/.test(told.failure.kind)) unheard.push(token);
  }

  /** Sends what is due. */
  function look(): void {
    stopLooking?.();
    stopLooking = undefined;
    waiting = waiting.filter(({ signal }) => !signal.aborted);
    while (pays()) {
      const quiet = clock.now() - cameAt;
      const seen = { files: waiting, quiet, more: ports.isMoreComing(), underWay };
      const next = nextPack(seen, ports.least(), ways);
      if (!next) break;
      const members = waiting.splice(0, next.count);
      sendPack(members, next.padding);
    }
    fill();
    if (waiting.length > 0) stopLooking = clock.after(LOOK_EVERY, look);
  }

  async function sendPack(members: readonly Member<Body>[], padding: number): Promise<void> {
    underWay += 1;
    const [begunAt, storedBefore] = [clock.now(), stored];
    const controller = new AbortController();
    const { signal } = controller;
    const isOver = () => members.every((member) => member.signal.aborted);
    const letGo = () => isOver() && controller.abort();
    for (const member of members) member.signal.addEventListener('abort', letGo);
    let stopWaiting = () => {};
    const expect = () => {
      stopWaiting();
      stopWaiting = clock.after(SILENT, () => controller.abort());
    };
    const starts: number[] = [];
    let bytes = 0;
    for (const { size } of members) {
      starts.push(bytes);
      bytes += size;
    }
    let told = 0;
    /** Tells of files whose last byte is on its way. Those that are too many for now are told of when they are stored. */
    const onProgress = (loaded: number) => {
      expect();
      const most = told + IN_A_TASK;
      for (let next = members[told]; next && (starts[told] ?? 0) + next.size <= loaded; next = members[++told]) {
        if (told === most) return;
        if (!next.signal.aborted) next.attempt.onProgress(next.size);
      }
    };

    let name: string | undefined;
    const travel = async () => {
      const [begun, joined] = await Promise.all([
        ports.begin(
          members.map(({ token }) => token),
          padding,
        ),
        ports.join(
          members.map(({ attempt: { body, algorithm } }) => ({ body, algorithm })),
          padding,
        ),
      ]);
      if (!begun.ok) return undefined;
      const { token, request } = begun.value;
      name = token;
      // With the response to the pack before it, it gets the connection of that one: a connection is slow at first.
      return travelling(async () => {
        if (signal.aborted) return undefined;
        expect();
        const sendingAt = clock.now();
        const sent = await plain.send({ request, body: joined.body, onProgress, afterSilence: false }, signal);
        const etag = sent.ok ? sent.value.etag : undefined;
        const sending = clock.now() - sendingAt;
        return etag === undefined ? undefined : { token, etag, read: joined.read, sending };
      });
    };
    const arrived = await travel().catch(() => undefined);
    stopWaiting();
    underWay -= 1;
    look();

    const slots = members.flatMap((member, index) => {
      const read = arrived?.read[index];
      return read ? [{ member, token: member.token, start: starts[index] ?? 0, ...read }] : [];
    });
    const taken = arrived && (await takeOut(arrived, slots, signal));
    if (name !== undefined && !taken?.gone) giveUp(name);
    for (const member of members) member.signal.removeEventListener('abort', letGo);
    const now = clock.now();
    if (arrived && taken?.whole && taken.members.size > 0) {
      const { sending } = arrived;
      ways = sawPack(ways, { files: stored - storedBefore, bytes: bytes + padding, ms: now - begunAt, sending }, now);
    } else if (!taken?.whole && !isOver()) ways = sawBroken(ways, begunAt, now);
    part(members.filter((member) => !taken?.members.has(member)));
    look();
  }

  /**
   * Takes files out of a pack, some by each call. Returns those that were, whether all calls came to their end, and whether the server
   * heard in one that nothing more comes.
   */
  async function takeOut(
    { token, etag }: { token: string; etag: string },
    slots: readonly Slot<Body>[],
    signal: AbortSignal,
  ) {
    const members = new Set<Member<Body>>();
    let telling = Promise.resolve();
    let rest = slots;
    let whole = true;
    let gone = false;
    while (whole && rest.length > 0) {
      await calling(async () => {
        rest = rest.filter(({ member }) => !member.signal.aborted);
        const some = rest.slice(0, takeAtOnce(ways));
        if (some.length === 0) return;
        rest = rest.slice(some.length);
        const askedAt = clock.now();
        const files = some.map(({ token, start }) => ({ token, start }));
        const taken = await ports.unpack(token, etag, files, rest.length > 0, signal).catch(() => GONE);
        if (!taken.ok) {
          whole = false;
          return;
        }
        gone = rest.length === 0;
        const there = some.flatMap(({ member, checksum }, index) => {
          const etag = taken.value[index];
          return etag === undefined ? [] : [{ member, sent: { etag, checksum } }];
        });
        ways = sawTaken(ways, there.length, clock.now() - askedAt);
        stored += there.length;
        for (const { member } of there) members.add(member);
        // Where nothing was taken out, nothing will be: the store does not copy, or does not let the server.
        whole = members.size > 0;
        telling = telling.then(() => tell(there));
      });
    }
    await telling;
    return { members, whole, gone };
  }

  async function tell(stored: readonly { readonly member: Member<Body>; readonly sent: StoredBody }[]): Promise<void> {
    for (const [index, { member, sent }] of stored.entries()) {
      member.settle({ ok: true, value: sent });
      if ((index + 1) % IN_A_TASK === 0) await new Promise<void>((resolve) => clock.after(0, resolve));
    }
  }

  return {
    pays,
    send(attempt, signal) {
      const { pack: token } = attempt.request;
      if (token === undefined) return plain.send(attempt, signal);
      return new Promise((settle) => {
        if (signal.aborted) return settle(GONE);
        signal.addEventListener('abort', () => settle(GONE));
        const member = { attempt, token, size: ports.sizeOf(attempt.body), signal, settle };
        if (parted.has(token) || attempt.afterSilence) return part([member]);
        waiting.push(member);
        cameAt = clock.now();
        // What comes with it may be a pack, which goes first: a connection that a file has is not free for so long.
        stopLooking ??= clock.after(0, look);
      });
    },
  };
}

/** Runs at most `most` at once; the others wait for their turn. */
function inTurns(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(run: () => Promise<T>): Promise<T> => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** How often the files that wait are looked at, in milliseconds. */
const LOOK_EVERY = 25;
