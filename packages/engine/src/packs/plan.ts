/**
 * Which small files travel together. Over HTTP/1.1 a browser sends six requests to a host at once, and a small file waits for
 * responses longer than for the link: 500 files of 100 kB take 30 s at a round trip of 80 ms, whoever sends them. Together in a
 * few objects they take as long as their bytes. Pure.
 */
import { MAX_FILES_PER_PACK } from '@portage/protocol';

const MiB = 1024 * 1024;

/**
 * Most bytes of the files in a pack, and least where the link is slow. Hardly more than Amazon needs: the last pack has one connection,
 * and 8 MiB took 7 s on a connection that had lost packets, where the link takes 0.7 s.
 */
const MOST = 5.5 * MiB;
const SLOW = MiB;
/** A pack takes the link so long. In milliseconds: a connection that breaks loses half of it on average. */
const LONG = 4_000;
/** A few files are there sooner by themselves. */
const FEWEST = 8;
/** Most bytes of the tokens that one call names: nginx lets bodies of 1 MiB through where nobody has said otherwise. */
const NAMED = 1_000_000;
/**
 * Packs that travel at once: one waits for its response while the other uses the link. More of them fill the queue before the link
 * together, lose packets early, and crawl.
 */
export const AT_ONCE = 2;
/**
 * Packs that are begun meanwhile, if they are full. Each follows a pack at once, over the same connection: that is fast by now, while a
 * new one may carry a pack for 2 to 4 s in place of 0.6.
 */
const AHEAD = 1;
/**
 * A pack that is not full waits until no file has come for so long, in milliseconds. While files are being created it waits longer:
 * with 300 ms, and create calls that take 500, padding made 10,000 files of 10 kB 1.8 times as large.
 */
const QUIET = 50;
const QUIET_BETWEEN = 1_000;
/** Files are taken out of a pack by calls that take so long: a store may copy 6 a second or 600. In milliseconds. */
const TAKING = 1_500;
/** Least files in such a call, and most. The first call of a page has the least. */
const TAKE_LEAST = 32;
const TAKE_MOST = 256;
/** What a pack takes beside the time of its bytes: it is begun, its connection is slow at first, and it is unpacked. In seconds. */
const OWN_TIME = 2;
/** Connections that a browser opens to a host. */
const CONNECTIONS = 6;

/**
 * How many files may be on their way by themselves: on all connections, or on those that packs leave, which are under way or may be in
 * a moment.
 */
export const aloneAtOnce = (packs: boolean): number => (packs ? CONNECTIONS - AT_ONCE : CONNECTIONS);

export interface Waiting {
  /** Each file that waits, in the order in which they came: its size in bytes, and the token that names it in calls. */
  readonly files: readonly { readonly size: number; readonly token: string }[];
  /** For so long none has come. In milliseconds. */
  readonly quiet: number;
  /** Whether more are being created. */
  readonly more: boolean;
  /** Packs that travel, and those that were begun to follow them. */
  readonly underWay: number;
}

/** The first `count` of the files that wait, with so many bytes behind them. */
export interface Packing {
  readonly count: number;
  readonly padding: number;
}

/**
 * The next pack; undefined where there is none now. Meanwhile files go by themselves, as far as there are connections.
 * @param least - Bytes of a pack that the store copies out of. Fewer are padded: by no more bytes than the files have, until it is
 * known how fast both ways are; then where the padding takes less time than the files would by themselves.
 */
export function nextPack(
  { files, quiet, more, underWay }: Waiting,
  least: number,
  { link, alone }: Pick<Ways, 'link' | 'alone'>,
): Packing | undefined {
  if (files.length < FEWEST || underWay >= AT_ONCE + AHEAD) return undefined;
  const most = link === undefined ? MOST : Math.min(MOST, Math.max(SLOW, (link * LONG) / 1000));
  let count = 0;
  let bytes = 0;
  let named = 0;
  for (const { size, token } of files) {
    const isTooMuch = bytes + size > most || named + token.length > NAMED;
    if (count === MAX_FILES_PER_PACK || (isTooMuch && count >= FEWEST)) break;
    count += 1;
    bytes += size;
    named += token.length;
  }
  const padding = Math.max(0, least - bytes);
  const isKnown = link !== undefined && alone !== undefined;
  const pays = isKnown ? padding === 0 || padding / link + OWN_TIME < count / alone : padding <= bytes;
  const isFull = count < files.length;
  // While nothing travels it does not wait for others, where it is large enough: the link would be idle.
  const isEnough = padding === 0 && bytes >= SLOW;
  const isLate = quiet >= (more ? QUIET_BETWEEN : QUIET);
  const hasTime = underWay >= AT_ONCE || (more && underWay > 0);
  const waits = !isFull && (hasTime || !(isLate || (more && isEnough)));
  return pays && !waits ? { count, padding } : undefined;
}

/** What was seen of both ways. */
export interface Ways {
  /** Files a second, each by itself, and in packs with those beside them; undefined where none were. */
  readonly alone: number | undefined;
  readonly packed: number | undefined;
  /** How long a file by itself takes, in milliseconds. */
  readonly one: number;
  /** What packs carry, in bytes per second. */
  readonly link: number | undefined;
  /** Files a second that one call takes out of a pack; undefined where none did. */
  readonly taken: number | undefined;
  /** How often packs broke in a row. */
  readonly broken: number;
  /** When a pack was over last. */
  readonly at: number;
}

export const NOTHING_SEEN: Ways = {
  alone: undefined,
  packed: undefined,
  one: 0,
  link: undefined,
  taken: undefined,
  broken: 0,
  at: 0,
};

/** Where a file by itself takes so long, it waits for the link, and packs only make what is lost with a connection longer. */
const SLOW_LINK = 2_000;
/** What was slower, or broke, is tried again after so long; after each further break twice as long. In milliseconds. */
const AGAIN = 60_000;

const smoothed = (before: number | undefined, now: number) => (before === undefined ? now : 0.7 * before + 0.3 * now);

/** A file by itself took `ms`. Six at once would have been stored in that time. */
export function sawAlone(ways: Ways, ms: number): Ways {
  const one = ways.alone === undefined ? ms : smoothed(ways.one, ms);
  return { ...ways, one, alone: (CONNECTIONS * 1000) / Math.max(1, one) };
}

/** A pack took `ms` from its beginning until all was taken out; its bytes took `sending` of that. Meanwhile `files` were stored, in all. */
export function sawPack(
  ways: Ways,
  { files, bytes, ms, sending }: { files: number; bytes: number; ms: number; sending: number },
  now: number,
): Ways {
  return {
    ...ways,
    packed: smoothed(ways.packed, (files * 1000) / Math.max(1, ms)),
    link: smoothed(ways.link, (bytes * 1000) / Math.max(1, sending)),
    broken: 0,
    at: now,
  };
}

/** A call took `files` out of a pack in `ms`. */
export const sawTaken = (ways: Ways, files: number, ms: number): Ways => ({
  ...ways,
  taken: smoothed(ways.taken, (files * 1000) / Math.max(1, ms)),
});

/** How many files the next call takes out of a pack. */
export const takeAtOnce = ({ taken }: Ways): number =>
  taken === undefined ? TAKE_LEAST : Math.round(Math.min(TAKE_MOST, Math.max(TAKE_LEAST, (taken * TAKING) / 1000)));

/** A pack broke that was begun at `begunAt`. Several that were on their way break together, and that is once. */
export const sawBroken = (ways: Ways, begunAt: number, now: number): Ways => ({
  ...ways,
  broken: ways.broken > 0 && begunAt <= ways.at ? ways.broken : ways.broken + 1,
  at: now,
});

/** Whether packs are the faster way, or may be. */
export function packsPay({ alone, packed, one, broken, at }: Ways, now: number): boolean {
  if (one > SLOW_LINK) return false;
  if (broken > 0 && now - at < AGAIN * 2 ** (broken - 1)) return false;
  return alone === undefined || packed === undefined || packed >= alone || now - at >= AGAIN;
}
