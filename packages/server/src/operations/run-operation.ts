import {
  AbortRequest,
  CompleteRequest,
  CreateRequest,
  type Operation,
  PartsRequest,
  SignRequest,
} from '@portage/protocol';
import type * as v from 'valibot';
import { readBody } from '../http/body.ts';
import { abort } from './abort.ts';
import type { Call } from './call.ts';
import { complete } from './complete.ts';
import { create } from './create.ts';
import { parts } from './parts.ts';
import { sign } from './sign.ts';

type Run = (call: Call, request: Request) => Promise<object>;

const KiB = 1024;

const operation =
  <T>(schema: v.GenericSchema<unknown, T>, limit: number, run: (call: Call, body: T) => Promise<object>): Run =>
  async (call, request) =>
    run(call, await readBody(request, schema, limit));

/** Every operation, with the longest body in bytes that it reads. */
const RUNS: Record<Operation, Run> = {
  create: operation(CreateRequest, 1024 * KiB, create),
  sign: operation(SignRequest, 64 * KiB, sign),
  parts: operation(PartsRequest, 64 * KiB, parts),
  // 10,000 parts with ETags of usual length are about 600 KB.
  complete: operation(CompleteRequest, 2048 * KiB, complete),
  abort: operation(AbortRequest, 64 * KiB, abort),
};

/** Reads the body of a call and runs it. */
export const runOperation = (name: Operation, call: Call, request: Request) => RUNS[name](call, request);
