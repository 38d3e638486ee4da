/** Small files on their way together: gathered, sent as one object, and taken out by the server. */
import type { Clock, Transport } from '../ports.ts';
import type { Outcome, PartRequest } from '../vocabulary.ts';
import { aloneAtOnce, NOTHING_SEEN, nextPack, packsPay, sawAlone, sawBroken, sawPack, type Ways } from './plan.ts';

type Attempt<Body> = Parameters<Transport<Body>['send']>[0];
type Answer = Awaited<ReturnType<Transport<unknown>['send']>>;

export interface PackerPorts<Body> {
  readonly clock: Clock;
  /** Sends one request. */
  readonly plain: Transport<Body>;
  /** Bytes that a pack has at least. */
  readonly least: number;
  /** One body of several, with so many bytes behind them. In place of what cannot be read are as many bytes; it is named. */
  join(
    bodies: readonly Body[],
    padding: number,
  ): Promise<{ readonly body: Body; readonly unread: ReadonlySet<number> }>;
  sizeOf(body: Body): number;
  /** Begins a pack of these files, by their tokens. */
  begin(
    tokens: readonly string[],
    padding: number,
    signal: AbortSignal,
  ): Promise<Outcome<{ readonly token: string; readonly request: PartRequest }>>;
  /** Takes files out of it. Returns the ETag of each, in their order; undefined where it was not taken out. */
  unpack(
    token: string,
    etag: string,
    files: readonly { readonly token: string; readonly start: number }[],
    signal: AbortSignal,
  ): Promise<Outcome<readonly (string | undefined)[]>>;
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

/** A pack without a sign of life for so long is given up, and its files go by themselves. In milliseconds. */
const SILENT = 30_000;

/** A page is told of so many files in one task: what follows for each takes a moment, and a click would wait for all of them. */
const IN_A_TASK = 32;

const GONE: Answer = { ok: false, failure: { kind: 'network' } };

/**
 * A transport that sends small files together. A file whose pack breaks, or that is not taken out of it, goes by itself within the
 * same attempt. Retries are not made here: an attempt that fails then has failed, and the next one of that file goes by itself.
 */
export function createPacker<Body>(ports: PackerPorts<Body>): Packer<Body> {
  const { clock, plain, least } = ports;
  let ways: Ways = NOTHING_SEEN;
  let waiting: Member<Body>[] = [];
  let cameAt = 0;
  let underWay = 0;
  let stopLooking: (() => void) | undefined;
  /** Files that go by themselves. */
  const queue: Member<Body>[] = [];
  let alone = 0;
  const parted = new Set<string>();
  const pays = () => packsPay(ways, clock.now());

  /** Each goes by itself, as soon as there is a connection for it. */
  function part(members: readonly Member<Body>[]): void {
    for (const { token } of members) parted.add(token);
    queue.push(...members);
    fill();
  }

  function fill(): void {
    const most = aloneAtOnce(pays() ? underWay : 0);
    while (alone < most) {
      const member = queue.shift() ?? waiting.shift();
      if (!member) return;
      if (!member.signal.aborted) sendAlone(member);
    }
  }

  async function sendAlone({ attempt, token, signal, settle }: Member<Body>): Promise<void> {
    alone += 1;
    const begunAt = clock.now();
    const { onAlone, ...bare } = attempt;
    onAlone?.();
    const sending = plain.send(bare, signal);
    settle(sending);
    const answer = await sending.catch(() => GONE);
    alone -= 1;
    if (answer.ok) {
      ways = sawAlone(ways, clock.now() - begunAt);
      parted.delete(token);
    }
    fill();
  }

  /** Sends what is due. */
  function look(): void {
    stopLooking?.();
    stopLooking = undefined;
    waiting = waiting.filter(({ signal }) => !signal.aborted);
    while (pays()) {
      const sizes = waiting.map(({ size }) => size);
      const next = nextPack({ sizes, quiet: clock.now() - cameAt, underWay }, least, ways);
      if (!next) break;
      const members = waiting.splice(0, next.count);
      sendPack(members, next.padding);
    }
    fill();
    if (waiting.length > 0) stopLooking = clock.after(LOOK_EVERY, look);
  }

  async function sendPack(members: readonly Member<Body>[], padding: number): Promise<void> {
    underWay += 1;
    const [begunAt, atOnce] = [clock.now(), underWay];
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

    const travel = async (): Promise<readonly Member<Body>[]> => {
      const [begun, joined] = await Promise.all([
        ports.begin(
          members.map(({ token }) => token),
          padding,
          signal,
        ),
        ports.join(
          members.map(({ attempt }) => attempt.body),
          padding,
        ),
      ]);
      if (!begun.ok) return members;
      expect();
      const sendingAt = clock.now();
      const { request } = begun.value;
      const sent = await plain.send({ request, body: joined.body, onProgress, afterSilence: false }, signal);
      stopWaiting();
      const etag = sent.ok ? sent.value.etag : undefined;
      if (etag === undefined) return members;
      const sending = clock.now() - sendingAt;
      const wanted = members.flatMap((member, index) => {
        if (member.signal.aborted || joined.unread.has(index)) return [];
        return [{ member, token: member.token, start: starts[index] ?? 0 }];
      });
      const files = wanted.map(({ token, start }) => ({ token, start }));
      const taken = files.length > 0 ? await ports.unpack(begun.value.token, etag, files, signal) : undefined;
      if (!taken?.ok) return members;
      const etags = new Map(wanted.map(({ member }, index) => [member, taken.value[index]]));
      const left = members.filter((member) => etags.get(member) === undefined);
      const seen = { files: members.length - left.length, bytes: bytes + padding, sending, atOnce };
      if (left.length < members.length) ways = sawPack(ways, { ...seen, ms: clock.now() - begunAt }, clock.now());
      for (const [index, [{ settle }, etag]] of [...etags].entries()) {
        if (index > 0 && index % IN_A_TASK === 0) await new Promise<void>((resolve) => clock.after(0, resolve));
        if (etag !== undefined) settle({ ok: true, value: { etag } });
      }
      return left;
    };

    const left = await travel().catch(() => members);
    stopWaiting();
    underWay -= 1;
    for (const member of members) member.signal.removeEventListener('abort', letGo);
    if (left.length === members.length && !isOver()) ways = sawBroken(ways, clock.now());
    part(left);
    look();
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
        fill();
        stopLooking ??= clock.after(LOOK_EVERY, look);
      });
    },
  };
}

/** How often the files that wait are looked at, in milliseconds. */
const LOOK_EVERY = 25;
