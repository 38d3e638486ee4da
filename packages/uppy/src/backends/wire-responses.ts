/**
 * Checks on what the upload server answers: a captive portal answers 200 with HTML, and a newer server with more fields.
 * The same shapes as the schemas of `@portage/protocol`, which are four times as large and are for servers.
 */
import {
  type AbortResponse,
  type CompleteAllResponse,
  type CompleteResponse,
  type Created,
  type CreateResponse,
  MAX_PARTS,
  type NotCompleted,
  type PartsResponse,
  type RegionOffered,
  type Renewed,
  type SignedPart,
  type SignedRequest,
  type SignResponse,
  type StoredPart,
  type WireError,
} from '@portage/protocol';

export type Check<T> = (value: unknown) => value is T;

const oneOf =
  <const T>(...values: readonly T[]): Check<T> =>
  (value): value is T =>
    values.includes(value as T);

const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || check(value);

const arrayOf =
  <T>(check: Check<T>): Check<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(check);

/** Fields beyond the named ones are let pass. */
const shape =
  <T>(checks: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> =>
  (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Check<unknown>>(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const text: Check<string> = (value): value is string => typeof value === 'string';
const textUpTo =
  (length: number): Check<string> =>
  (value): value is string =>
    text(value) && value.length > 0 && value.length <= length;
const whole =
  (from: number, to = Number.MAX_SAFE_INTEGER): Check<number> =>
  (value): value is number =>
    Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to;
const anything: Check<unknown> = (_value): _value is unknown => true;

const address: Check<string> = (value): value is string => text(value) && URL.canParse(value);
const headers: Check<Record<string, string>> = (value): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every(text);
const checksum: Check<string> = (value): value is string => text(value) && /^[A-Za-z0-9+/]{11}=$/.test(value);

const partNumber = whole(1, MAX_PARTS);
const token = textUpTo(8192);
const etag = textUpTo(256);

const signedRequest = shape<SignedRequest>({
  method: oneOf('PUT', 'POST', 'GET', 'DELETE'),
  url: address,
  alternatives: optional(arrayOf(address)),
  headers,
  expiresIn: whole(0),
});
const signedPart = shape<SignedPart>({ partNumber, request: signedRequest });
const isCreated = shape<Created>({
  kind: oneOf('multipart'),
  id: text,
  region: optional(text),
  token,
  key: text,
  expiresIn: whole(0),
  checksum: optional(oneOf('CRC64NVME', 'MD5', 'ETag')),
  partSize: whole(1),
  lanes: optional(whole(2)),
  requests: arrayOf(signedPart),
});

const wireError = shape<WireError['error']>({ code: text, message: text, hint: text });
export const isWireError = shape<WireError>({ error: wireError });
const isFileResponse: Check<CreateResponse['files'][number]> = (value): value is CreateResponse['files'][number] =>
  isCreated(value) || isWireError(value);

export const isCreateResponse = shape<CreateResponse>({
  files: arrayOf(isFileResponse),
  accept: optional(arrayOf(text)),
  regions: optional(arrayOf(shape<RegionOffered>({ name: text, origin: address }))),
  http2: optional(oneOf(true)),
  packs: optional(shape<{ least: number }>({ least: whole(0) })),
});
const renewed = optional(shape<Renewed>({ token, expiresIn: whole(0) }));
export const isSignResponse = shape<SignResponse>({ requests: arrayOf(signedPart), renewed });
export const isPartsResponse = shape<PartsResponse>({
  parts: arrayOf(shape<StoredPart>({ partNumber, etag, size: whole(0), checksum: optional(checksum) })),
  whole: optional(oneOf(true, false)),
  renewed,
});
export const isCompleteResponse = shape<CompleteResponse>({
  key: text,
  size: whole(0),
  etag,
  location: text,
  region: optional(text),
  verifiedBy: optional(oneOf('CRC64NVME', 'MD5', 'size')),
  result: anything,
  processing: optional(text),
});
const isNotCompleted = shape<NotCompleted>({
  error: wireError,
  status: whole(400, 599),
  retryAfter: optional(whole(0)),
});
export const isCompleteAllResponse = shape<CompleteAllResponse>({
  uploads: arrayOf(
    (upload): upload is CompleteAllResponse['uploads'][number] => isNotCompleted(upload) || isCompleteResponse(upload),
  ),
});
export const isAbortResponse = shape<AbortResponse>({});
