import * as v from 'valibot';
import type { RequestInfo } from '../journal/request-info.ts';
import { type BitFlip, bitFlipSchema } from './s3/bit-flip.ts';
import { type Complete200Error, complete200ErrorSchema } from './s3/complete-200-error.ts';
import { type ErrorFault, errorSchema } from './s3/error.ts';
import { type LostReply, lostReplySchema } from './s3/lost-reply.ts';
import { type NoSuchUpload, noSuchUploadSchema } from './s3/no-such-upload.ts';
import { type SlowResponse, slowResponseSchema } from './s3/slow-response.ts';
import { type StaleListParts, staleListPartsSchema } from './s3/stale-list-parts.ts';
import { type Bandwidth, bandwidthSchema } from './toxics/bandwidth.ts';
import { type Down, downSchema } from './toxics/down.ts';
import { type Latency, latencySchema } from './toxics/latency.ts';
import { type LimitData, limitDataSchema } from './toxics/limit-data.ts';
import { type ResetPeer, resetPeerSchema } from './toxics/reset-peer.ts';
import { type ResetStream, resetStreamSchema } from './toxics/reset-stream.ts';
import { type Slicer, slicerSchema } from './toxics/slicer.ts';
import { type SlowClose, slowCloseSchema } from './toxics/slow-close.ts';
import { type Stall, stallSchema } from './toxics/stall.ts';
import { type Timeout, timeoutSchema } from './toxics/timeout.ts';

/** What goes wrong at the socket, by Toxiproxy's names; `stall` and `reset_stream` are our own. */
export type ToxicFault =
  | Latency
  | Bandwidth
  | SlowClose
  | Timeout
  | Stall
  | ResetPeer
  | ResetStream
  | Slicer
  | LimitData
  | Down;

/** What goes wrong at the protocol, by S3's names. */
export type S3Fault =
  | ErrorFault
  | Complete200Error
  | LostReply
  | SlowResponse
  | BitFlip
  | NoSuchUpload
  | StaleListParts;

/** Something that goes wrong with one request. */
export type Fault = ToxicFault | S3Fault;

/** A fault as it comes in over HTTP or from a file. */
export const faultSchema = v.variant('kind', [
  latencySchema,
  bandwidthSchema,
  slowCloseSchema,
  timeoutSchema,
  stallSchema,
  resetPeerSchema,
  resetStreamSchema,
  slicerSchema,
  limitDataSchema,
  downSchema,
  errorSchema,
  complete200ErrorSchema,
  lostReplySchema,
  slowResponseSchema,
  bitFlipSchema,
  noSuchUploadSchema,
  staleListPartsSchema,
]) satisfies v.GenericSchema<unknown, Fault>;

/**
 * Looks at each request once its head is read, and says what shall go wrong with it.
 * @example
 * // Cut the first try of part 3 after 1 MiB.
 * ({ partNumber, attempt }) =>
 *   partNumber === 3 && attempt === 1 ? { kind: 'reset_peer', afterBytes: 1024 * 1024 } : undefined
 */
export type Intercept = (request: RequestInfo) => Fault | readonly Fault[] | undefined;
