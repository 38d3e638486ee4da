import {
  AbortRequest,
  CompleteAllRequest,
  CompleteRequest,
  CreateRequest,
  type Operation,
  PackRequest,
  PartsRequest,
  SignRequest,
  UnpackRequest,
} from '@portage/protocol';
import * as v from 'valibot';
import { readBody } from '../http/body.ts';
import { atHome } from '../regions/at-home.ts';
import { abort } from './abort.ts';
import type { Call } from './call.ts';
import { complete, completeAll } from './complete.ts';
import { create } from './create.ts';
import { pack, packSize, unpack } from './pack.ts';
import { parts } from './parts.ts';
import { sign } from './sign.ts';

/** What `LimitedCall` says of a call. */
interface Asks {
  files: number;
  bytes: number;
}

/** A call whose body was read. */
export interface ReadCall {
  /** @throws UploadsError `invalid-token` for a pack. */
  asks(at: Pick<Call, 'service' | 'route'>): Asks;
  run(call: Call): Promise<object>;
}

const KiB = 1024;

const operation =
  <T extends object>(
    schema: v.GenericSchema<unknown, T>,
    limit: number,
    run: (call: Call, body: T) => Promise<object>,
    asks: (body: T, at: Pick<Call, 'service' | 'route'>) => Asks = () => ({ files: 0, bytes: 0 }),
  ) =>
  async (request: Request): Promise<ReadCall> => {
    const body = await readBody(request, schema, limit);
    const token = 'token' in body ? String(body.token) : undefined;
    return {
      asks: (at) => asks(body, at),
      run: (call) => run(token === undefined ? call : atHome(call, token), body),
    };
  };

/** Every operation, with the longest body in bytes that it reads. */
const READS: Record<Operation, (request: Request) => Promise<ReadCall>> = {
  create: operation(CreateRequest, 1024 * KiB, create, ({ files }) => ({
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  })),
  sign: operation(SignRequest, 64 * KiB, sign),
  parts: operation(PartsRequest, 64 * KiB, parts),
  // 10,000 parts with ETags of usual length are about 600 KB.
  complete: operation(v.union([CompleteAllRequest, CompleteRequest]), 2048 * KiB, async (call, body) =>
    'uploads' in body ? completeAll(call, body) : complete(call, body),
  ),
  abort: operation(AbortRequest, 64 * KiB, abort),
  // 1,024 tokens of usual length are about 500 KB; with fields of the app's own they are longer.
  // Its files were asked for when they were created. Its bytes can be sent beside theirs, by each pack anew.
  pack: operation(PackRequest, 2048 * KiB, pack, (body, at) => ({ files: 0, bytes: packSize(at, body) })),
  unpack: operation(UnpackRequest, 2048 * KiB, unpack),
};

/** Reads the body of a call. @throws UploadsError `bad-request` or `too-large`. */
export const readOperation = (name: Operation, request: Request) => READS[name](request);
