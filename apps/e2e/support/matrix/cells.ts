/** The matrix: phases of an upload × what can go wrong in them × seeds, each a small upload of its own. */
import type { Fault } from '@portage/mock-s3';
import type { CallFault } from '../call-faults.ts';
import { dice, pick } from '../dice.ts';
import {
  CALL_FAILURES,
  type CallFailure,
  COMPLETE_CALL_FAILURES,
  FLIP,
  PAGE_COMPLETE_FAILURES,
  PAGE_CREATE_FAILURES,
  PART_FAILURES,
  PUT_FAILURES,
  SERVER_COMPLETE_FAILURES,
  SERVER_STORE_FAILURES,
  SIGNER_FAILURES,
  type StoreFailure,
} from './failures.ts';

const MiB = 1024 * 1024;

export const PHASES = ['create', 'sign', 'part', 'small file', 'list', 'complete', 'verify'] as const;
export type Phase = (typeof PHASES)[number];

/** Who signs: Portage's server, or the app's own `signRequest`, with which the page itself creates and completes. */
export type Way = 'server' | 'signer';

/** Where failures are met. */
export type Site =
  | { readonly at: 'call'; readonly operation: string; readonly faults: readonly CallFault[] }
  | {
      readonly at: 'store';
      readonly operation: string;
      readonly partNumber?: number;
      readonly faults: readonly Fault[];
    };

export interface Cell {
  /** The file's name: by it, requests are known to be this cell's. */
  readonly name: string;
  readonly way: Way;
  readonly phase: Phase;
  readonly failure: string;
  /** What is met in words, for the report. */
  readonly story: string;
  /** In bytes. */
  readonly size: number;
  readonly slow: boolean;
  /** The page has to pass these in order; those of one site are met by its requests one after another. */
  readonly sites: readonly Site[];
  /** The last site's last failure never ends. */
  readonly lasting: boolean;
  /** How often the store completes the upload and the page does not hear of it. */
  readonly unheard: number;
  /** `complete`, or codes of errors: each of them is right. */
  readonly expected: readonly string[];
}

/** Where a phase meets its failures. */
interface Row {
  readonly phase: Phase;
  readonly way: Way;
  readonly failures: readonly (CallFailure | StoreFailure)[];
  readonly at: 'call' | 'store';
  readonly operation: string;
  /** So many attempts are made whatever the page reads of their responses. @default any number */
  readonly unread?: number;
  /** Must go wrong first, or the phase does not come about. */
  readonly before?: readonly Site[];
}

/**
 * How many failures without a response that could be read are outlived for sure. Beyond, the host is asked whether it is
 * there at all, and what it says is told: unless it gave another upload a response meanwhile, which is chance.
 */
const UNREAD = { create: 2, others: 4 };

const EXPIRED = { kind: 'error', status: 403, code: 'ExpiredToken' } as const;
const INVALID_PART = { kind: 'error', status: 400, code: 'InvalidPart' } as const;

/** Parts are signed together with `create`: only one that was refused is signed by a call of its own. */
const FIRST_PART_EXPIRED: Site = { at: 'store', operation: 'UploadPart', partNumber: 1, faults: [EXPIRED] };
const PARTS_DENIED: Site = { at: 'store', operation: 'CompleteMultipartUpload', faults: [INVALID_PART] };

const ROWS: readonly Row[] = [
  { way: 'server', phase: 'create', at: 'call', operation: 'create', failures: CALL_FAILURES, unread: UNREAD.create },
  {
    way: 'server',
    phase: 'create',
    at: 'store',
    operation: 'CreateMultipartUpload',
    failures: SERVER_STORE_FAILURES,
  },
  {
    way: 'server',
    phase: 'sign',
    at: 'call',
    operation: 'sign',
    failures: CALL_FAILURES,
    unread: UNREAD.others,
    before: [FIRST_PART_EXPIRED],
  },
  {
    way: 'server',
    phase: 'part',
    at: 'store',
    operation: 'UploadPart',
    failures: [...PART_FAILURES, FLIP],
    unread: UNREAD.others,
  },
  {
    way: 'server',
    phase: 'small file',
    at: 'store',
    operation: 'UploadPart',
    failures: [...PART_FAILURES, FLIP],
    unread: UNREAD.others,
  },
  {
    way: 'server',
    phase: 'list',
    at: 'call',
    operation: 'parts',
    failures: CALL_FAILURES,
    unread: UNREAD.others,
    before: [PARTS_DENIED],
  },
  {
    way: 'server',
    phase: 'list',
    at: 'store',
    operation: 'ListParts',
    failures: SERVER_STORE_FAILURES,
    before: [PARTS_DENIED],
  },
  {
    way: 'server',
    phase: 'complete',
    at: 'call',
    operation: 'complete',
    failures: COMPLETE_CALL_FAILURES,
    unread: UNREAD.others,
  },
  {
    way: 'server',
    phase: 'complete',
    at: 'store',
    operation: 'CompleteMultipartUpload',
    failures: SERVER_COMPLETE_FAILURES,
  },
  { way: 'server', phase: 'verify', at: 'store', operation: 'HeadObject', failures: SERVER_STORE_FAILURES },
  {
    way: 'signer',
    phase: 'create',
    at: 'store',
    operation: 'CreateMultipartUpload',
    failures: PAGE_CREATE_FAILURES,
    unread: UNREAD.create,
  },
  { way: 'signer', phase: 'sign', at: 'call', operation: 'sign', failures: SIGNER_FAILURES },
  {
    way: 'signer',
    phase: 'part',
    at: 'store',
    operation: 'UploadPart',
    failures: [...PART_FAILURES, FLIP],
    unread: UNREAD.others,
  },
  {
    way: 'signer',
    phase: 'small file',
    at: 'store',
    operation: 'PutObject',
    failures: PUT_FAILURES,
    unread: UNREAD.others,
  },
  {
    way: 'signer',
    phase: 'complete',
    at: 'store',
    operation: 'CompleteMultipartUpload',
    failures: PAGE_COMPLETE_FAILURES,
    unread: UNREAD.others,
  },
];

/** Failures that come and go, by a seed: how many in a row, in which part, and what comes before and after. */
export function passingCells(seeds: readonly number[]): Cell[] {
  return seeds.flatMap((seed) =>
    ROWS.flatMap((row) => row.failures.map((failure) => cell(row, failure, dice(`${seed} ${id(row, failure)}`), seed))),
  );
}

/** Failures that never end; `each` of a row at most, chosen by the seed. */
export function lastingCells(seed: number, each: number): Cell[] {
  return ROWS.flatMap((row) => {
    const lots = new Map(row.failures.map((failure) => [failure, dice(`${seed} ${id(row, failure)}`)()]));
    const drawn = row.failures.toSorted((a, b) => (lots.get(a) ?? 0) - (lots.get(b) ?? 0)).slice(0, each);
    return drawn.map((failure) => cell(row, failure, dice(id(row, failure)), 'lasting'));
  });
}

const id = ({ way, phase, operation }: Row, { name }: { name: string }) => `${way} ${phase} ${operation} ${name}`;

function cell(
  { way, phase, at, operation, failures, unread = Number.POSITIVE_INFINITY, before = [] }: Row,
  failure: CallFailure | StoreFailure,
  roll: () => number,
  seed: number | 'lasting',
): Cell {
  const { tolerates = Number.POSITIVE_INFINITY, slow = false } = failure;
  const lasting = seed === 'lasting';
  const drawn = slow || lasting ? 1 : 1 + Math.floor(roll() * 3);
  // Of those that any number is outlived of, one more may come before and after.
  const kind = failures.filter((other) => other.tolerates === undefined && !other.slow) as typeof failures;
  const neighbours = (likely: number) =>
    slow || lasting || roll() > likely ? [] : [pick(roll, kind as [CallFailure, ...CallFailure[]])];
  // A call is signed anew at each attempt: what comes after another failure has been signed again already.
  // Nor is Complete asked once more for a session, where it has failed before.
  const mayFollow =
    failure.code !== 'unauthorized' &&
    (at === 'call' || operation === 'UploadPart' || operation === 'PutObject' || tolerates > 9);
  const story = [
    ...(mayFollow ? neighbours(0.3) : []),
    ...Array<typeof failure>(drawn).fill(failure),
    ...neighbours(0.3),
  ].filter((each, index) => !each.unread || index < unread);
  const times = story.filter((each) => each === failure).length;
  // The second part has one byte: it cannot be cut in half, and costs little to be sent for a quarter of an hour.
  const single = phase === 'small file';
  const second = !single && !story.some(({ name }) => /half-way|flip/.test(name)) && (lasting || roll() < 0.5);
  const partNumber = second ? 2 : 1;
  const codes = [
    failure.code,
    ...(failure.unread && Number.isFinite(unread) ? ['store-unreadable', 'server-unreadable'] : []),
  ];
  const faults = story.map(({ fault }) => fault);
  const site = {
    at,
    operation,
    ...(operation === 'UploadPart' && { partNumber }),
    faults,
  } as Site;
  return {
    name: nameOf(`${seed} ${way} ${phase} ${operation} ${failure.name}`),
    ...{ way, phase, failure: failure.name, slow, lasting },
    story: `${operation}${operation === 'UploadPart' ? ` ${partNumber}` : ''}: ${story.map(({ name }) => name).join(', then ')}`,
    // A whole part and one byte; or what goes in one request.
    size: single ? 2 * MiB : 5 * MiB + 1,
    // Copies, since each cell counts its own.
    sites: [...before.map((each) => ({ ...each })), site],
    unheard: phase === 'complete' ? story.filter(({ name }) => /lost reply|, done/.test(name)).length : 0,
    expected: times > tolerates || lasting ? codes : ['complete'],
  };
}

/** Letters, digits and dashes only: it becomes a part of the key. */
const nameOf = (text: string) => `${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.bin`;
