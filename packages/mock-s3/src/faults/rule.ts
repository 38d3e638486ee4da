import * as v from 'valibot';
import { isOperationName, OPERATION_NAMES } from '../operations/operation-names.ts';
import { type Fault, faultSchema } from './fault.ts';
import type { TimeWindow } from './phase.ts';
import { milliseconds } from './units.ts';

/** One of these, or one alone. */
type OneOrMany<Value> = Value | readonly Value[];

/** Which requests a fault is put on: all that is given must hold. */
export interface Aim {
  /** S3's name of the operation, such as `UploadPart`. @default any */
  readonly operation?: OneOrMany<string>;
  /** @default any */
  readonly bucket?: string;
  /** The key; `*` stands for any text. @default any */
  readonly key?: string;
  /** @default any, or none */
  readonly partNumber?: OneOrMany<number>;
  /** How often the same thing was asked for so far, this time included: 1 is the first try. @default any */
  readonly attempt?: OneOrMany<number>;
  /** Only the n-th request that the rest of the aim fits, counted from 1 since the schedule was set. @default any */
  readonly nth?: OneOrMany<number>;
  /** From 0 to 1; drawn for each request from the seed. @default 1 */
  readonly probability?: number;
  /** When; requests already under way when the time comes meet toxics too. @default always */
  readonly during?: TimeWindow;
}

/** What shall go wrong, and where. */
export interface FaultRule extends Aim {
  /** For the reader. */
  readonly name?: string;
  readonly fault: OneOrMany<Fault>;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

function oneOrMany<Schema extends v.GenericSchema>(schema: Schema) {
  return v.exactOptional(v.union([schema, v.array(schema)]));
}

const operationName = v.pipe(
  v.string(),
  v.check(
    isOperationName,
    ({ input }) => `there is no operation "${input}"; take one of ${OPERATION_NAMES.join(', ')}`,
  ),
);

/** A rule as it comes in over HTTP or from a file. */
export const ruleSchema = v.strictObject({
  name: v.exactOptional(v.string()),
  operation: oneOrMany(operationName),
  bucket: v.exactOptional(v.string()),
  key: v.exactOptional(v.string()),
  partNumber: oneOrMany(count),
  attempt: oneOrMany(count),
  nth: oneOrMany(count),
  probability: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  during: v.exactOptional(
    v.strictObject({
      from: v.exactOptional(milliseconds),
      to: v.exactOptional(milliseconds),
      every: v.exactOptional(v.pipe(milliseconds, v.minValue(1))),
    }),
  ),
  fault: v.union([faultSchema, v.array(faultSchema)]),
}) satisfies v.GenericSchema<unknown, FaultRule>;
