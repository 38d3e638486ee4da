/** Which parts to ask for where the app does not say. */
import { fitPartSize, MAX_LANES, MIN_PART_SIZE, planParts, type UnequalParts } from '@portage/protocol';

const MiB = 1024 * 1024;

/** What is known of requests to the store; nothing before a part is stored. */
export interface RequestSpeed {
  /** Bytes per second of one request, with its waits for responses. */
  readonly rate: number;
  /** How long the store takes from the last byte to its response, in milliseconds. */
  readonly answer: number;
}

/** What is supposed of a link before anything is known of it: 100 Mbit/s over six requests. */
const UNKNOWN: RequestSpeed = { rate: 2 * MiB, answer: 300 };
/** Largest part on such a link, and on any, in bytes. */
const LARGEST_UNKNOWN = 16 * MiB;
const LARGEST = 64 * MiB;
/** The same of unequal parts, which are half as large on average. */
const LARGEST_UNEQUAL = 20 * MiB;
/** Longest time of a part, in milliseconds: half of that is lost where a connection breaks. */
const LONGEST = 20_000;

/** What to ask for. */
export interface PartWish {
  /** In bytes. */
  readonly partSize: number;
  /** Instead of them, where the store takes unequal ones: see `planParts`. */
  readonly unequal?: UnequalParts;
}

/**
 * The parts to ask for where the app does not say. Each part costs a pause: the response, and a connection that picks up speed
 * anew, which takes about as long. Where parts are equal, half a part's time is lost at the end in which connections stand idle.
 * Twice the part size is half of the one and twice of the other; their sum is least where they are equal. A small file is cut so
 * that every connection has work, and all have equally much.
 *
 * Unequal parts lose little at the end. So they are larger, but of one request's bytes none is more than three quarters:
 * what is in flight is sent again where the page is closed.
 */
export function chooseParts(size: number, concurrency: number, speed: RequestSpeed | undefined): PartWish {
  const { rate, answer } = speed ?? UNKNOWN;
  const pause = (2 * answer * rate) / 1000;
  const best = Math.sqrt((2 * size * pause) / concurrency);
  const longest = (rate * LONGEST) / 1000;
  const wish = Math.min(best, longest, speed ? LARGEST : LARGEST_UNKNOWN);
  // As many as S3's smallest parts allow; one more round would be for a few of them only.
  const most = Math.max(1, Math.floor(size / (MIN_PART_SIZE * concurrency)));
  const rounds = Math.min(most, Math.ceil(size / (wish * concurrency)));
  const partSize = fitPartSize(size, Math.ceil(size / (rounds * concurrency)));
  const largest = Math.min(Math.max(wish, LARGEST_UNEQUAL), longest, (0.75 * size) / concurrency);
  const unequal = { partSize: fitPartSize(size, largest), lanes: Math.min(concurrency, MAX_LANES) };
  return planParts(size, unequal.partSize, unequal.lanes).lanes ? { partSize, unequal } : { partSize };
}
