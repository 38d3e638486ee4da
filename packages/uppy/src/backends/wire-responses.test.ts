import {
  AbortResponse,
  CompleteResponse,
  CreateResponse,
  PartsResponse,
  SignResponse,
  WireError,
} from '@portage/protocol';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  isAbortResponse,
  isCompleteResponse,
  isCreateResponse,
  isPartsResponse,
  isSignResponse,
  isWireError,
} from './wire-responses.ts';

const request = { method: 'PUT', url: 'https://s3.test/key?X=1', headers: { a: 'b' }, expiresIn: 1000 };
const multipart = {
  ...{ id: 'u1', token: 't', key: 'k', expiresIn: 5 },
  kind: 'multipart',
  partSize: 5,
  checksum: 'CRC64NVME',
  requests: [{ partNumber: 1, request }],
};

const ANSWERS: ReadonlyArray<[string, v.GenericSchema, (value: unknown) => boolean, object]> = [
  ['multipart', CreateResponse, isCreateResponse, { files: [multipart] }],
  ['refused', CreateResponse, isCreateResponse, { files: [{ error: { code: 'c', message: 'm', hint: 'h' } }] }],
  ['sign', SignResponse, isSignResponse, { requests: [{ partNumber: 10_000, request }] }],
  [
    'parts',
    PartsResponse,
    isPartsResponse,
    { parts: [{ partNumber: 2, etag: '"e"', size: 0, checksum: 'AAAAAAAAAAA=' }], whole: true },
  ],
  [
    'complete',
    CompleteResponse,
    isCompleteResponse,
    { key: 'k', size: 1, etag: '"e"', location: 'l', verifiedBy: 'size', result: { a: 1 } },
  ],
  ['abort', AbortResponse, isAbortResponse, {}],
  ['error', WireError, isWireError, { error: { code: 'c', message: 'm', hint: 'h' } }],
];

const ODD: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  -1,
  0,
  1.5,
  10_001,
  2 ** 53,
  Number.NaN,
  true,
  [],
  [null],
  {},
  { a: 1 },
  'x'.repeat(9000),
];

/** `value` with each of its fields, however deep, replaced by `odd` in turn. */
function* spoiled(value: unknown, odd: unknown): Generator<unknown> {
  yield odd;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    for (const other of spoiled(inner, odd)) {
      if (Array.isArray(value)) yield value.with(Number(name), other);
      else yield { ...value, [name]: other };
    }
  }
}

describe.each(ANSWERS)('a response to %s', (_name, schema, check, answer) => {
  it('is taken as it is, and with fields of a newer server', () => {
    expect(check(answer)).toBe(true);
    expect(check({ ...answer, novel: 1 })).toBe(true);
  });

  it('is judged as by the schema of the protocol, whatever stands in any of its fields', () => {
    for (const odd of ODD) {
      for (const other of spoiled(answer, odd)) {
        expect([check(other), other]).toEqual([v.safeParse(schema, other).success, other]);
      }
    }
  });
});
