/**
 * The wire contract: what the browser asks of the upload server, and what it gets back.
 *
 * Every call is `POST /{route}/{operation}` with a JSON body; `GET /{route}` tells the limits of a route,
 * `GET /{route}/status?token=…` how far the processing of a stored file is. The browser states an intent and gets only what that
 * intent needs; the server owns keys, limits and identity. The server parses with these schemas, because any body can
 * arrive. The page checks the same shapes with less code, because a captive portal answers 200 with HTML.
 */
import * as v from 'valibot';
import { MAX_PARTS } from './s3-limits.ts';
import {
  MAX_COMPLETES,
  MAX_FILES_PER_CREATE,
  MAX_FILES_PER_PACK,
  MAX_LANES,
  MAX_META_FIELDS,
  MAX_META_NAME,
  MAX_PACK_SIZE,
  MAX_PARTS_PER_SIGN,
  MAX_REGIONS,
} from './wire-limits.ts';

const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const milliseconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const lanes = v.pipe(v.number(), v.safeInteger(), v.minValue(2), v.maxValue(MAX_LANES));
const token = v.pipe(v.string(), v.minLength(1), v.maxLength(8192));
const etag = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
/** Eight bytes in base64. */
const checksum = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{11}=$/));
const headers = v.record(v.string(), v.string());

/** A part's number: 1 to 10,000. */
export const PartNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PARTS));

/** A request that the browser may send to the store as it stands, for the next `expiresIn` milliseconds. */
export const SignedRequest = v.object({
  method: v.picklist(['PUT', 'POST', 'GET', 'DELETE']),
  url: v.pipe(v.string(), v.url()),
  /** The same request by other names of the store, each signed for itself: any one of them is to be sent. */
  alternatives: v.optional(v.array(v.pipe(v.string(), v.url()))),
  /** Headers that were signed and must be sent. Never one that a browser refuses to set (`Host`, `Content-Length`). */
  headers,
  /**
   * How long the signature is valid, in milliseconds from the moment of signing. A duration and not a time of day:
   * the clocks of browsers are wrong by hours, and a page must not compare them with the server's.
   */
  expiresIn: milliseconds,
});
export type SignedRequest = v.InferOutput<typeof SignedRequest>;

/** A signed request that stores one part. */
export const SignedPart = v.object({ partNumber: PartNumber, request: SignedRequest });
export type SignedPart = v.InferOutput<typeof SignedPart>;

/** A part that the store holds. `etag` is as the store gave it, with its quotes. */
export const StoredPart = v.object({
  partNumber: PartNumber,
  etag,
  size: bytes,
  /** CRC-64/NVME of the part's bytes, base64, where the store keeps it. */
  checksum: v.optional(checksum),
});
export type StoredPart = v.InferOutput<typeof StoredPart>;

/** What the browser would like to upload. Nothing in it is trusted. */
export const FileIntent = v.object({
  /** The file's name as the person sees it. Kept as metadata; never used as a key unchecked. */
  name: v.pipe(v.string(), v.maxLength(4096)),
  /** In bytes. */
  size: bytes,
  /** MIME type as the browser guessed it; empty where it has none. */
  type: v.pipe(v.string(), v.maxLength(255)),
  /** Wish for parts of this many bytes; absent: one part. The server has the last word. */
  partSize: v.optional(v.pipe(bytes, v.minValue(1))),
  /** Whether that wish is the page's guess: somewhat larger parts do as well then. */
  adaptPartSize: v.optional(v.boolean()),
  /** Wish for unequal parts instead, where the store takes them: see {@link ./part-plan.ts}. Absent: equal ones. */
  unequal: v.optional(v.object({ partSize: v.pipe(bytes, v.minValue(1)), lanes })),
  /** How its bytes were made of what it is, where the route takes that: see `gzip` of {@link RouteLimits}. */
  contentEncoding: v.optional(v.literal('gzip')),
  /** Sample of the content, to find the same file again. */
  fingerprint: v.optional(v.pipe(v.string(), v.maxLength(256))),
  /** The token of its upload in a region that is out of reach: it is begun anew in another one, as the same upload. */
  moves: v.optional(token),
  /** The app's own fields. */
  meta: v.optional(
    v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(MAX_META_NAME)), v.pipe(v.string(), v.maxLength(2048))),
      v.check((meta) => Object.keys(meta).length <= MAX_META_FIELDS),
    ),
  ),
});
export type FileIntent = v.InferOutput<typeof FileIntent>;

/** Body of every response that is not 2xx, and of each refused file in a `create` answer. */
export const WireError = v.object({
  error: v.object({
    /** Stable, kebab-case; see {@link ./errors.ts}. Unknown codes may come from newer servers. */
    code: v.string(),
    /** What happened and why, for people. */
    message: v.string(),
    /** What to do about it, for people. */
    hint: v.string(),
  }),
});
export type WireError = v.InferOutput<typeof WireError>;

/** The response for one file: what to send and where. */
export const Created = v.object({
  /** Every file goes in parts, the smallest one in one. */
  kind: v.literal('multipart'),
  /** Names the upload in logs. */
  id: v.string(),
  /** Where it lives, where there were several regions to choose from. */
  region: v.optional(v.string()),
  /** Binds every later call to this upload. Opaque to the browser. */
  token,
  key: v.string(),
  /** How long `token` is accepted, in milliseconds from now. Then it is renewed where the route knows its users. */
  expiresIn: milliseconds,
  /**
   * What the browser is to show of the bytes on complete: the checksum that the store verifies; or the ETag, where it is
   * made of MD5s (`MD5`), or may be (`ETag`).
   */
  checksum: v.optional(v.picklist(['CRC64NVME', 'MD5', 'ETag'])),
  /** In bytes; every part but the last has this size, or with `lanes` the largest. Fixed for the whole upload. */
  partSize: v.pipe(bytes, v.minValue(1)),
  /** Where parts are unequal, for so many requests at once: see {@link ./part-plan.ts}. */
  lanes: v.optional(lanes),
  /** The first parts, signed ahead. */
  requests: v.array(SignedPart),
});
export type Created = v.InferOutput<typeof Created>;

const region = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

export const CreateRequest = v.object({
  files: v.pipe(v.array(FileIntent), v.minLength(1), v.maxLength(MAX_FILES_PER_CREATE)),
  /** The only region that the page takes. */
  region: v.optional(region),
  /** Regions in the order in which the page would take them; it has measured them. */
  regions: v.optional(v.pipe(v.array(region), v.maxLength(MAX_REGIONS))),
});
export type CreateRequest = v.InferOutput<typeof CreateRequest>;

/** A region that files may go to. A page measures it by asking its origin for anything. */
export const RegionOffered = v.object({ name: v.string(), origin: v.string() });
export type RegionOffered = v.InferOutput<typeof RegionOffered>;

export const CreateResponse = v.object({
  /** One answer per file of the request, in its order. A refused file does not refuse the others. */
  files: v.array(v.union([Created, WireError])),
  /**
   * What the route takes, as in the `accept` attribute of an HTML input, where that is not everything. The browser may
   * look into its files before it sends them, by {@link ./formats.ts}: what it finds, the server will find.
   */
  accept: v.optional(v.array(v.string())),
  /** Regions to choose from, the nearest first as far as the server can tell; absent where there are not several. */
  regions: v.optional(v.array(RegionOffered)),
  /** Whether the store is said to speak HTTP/2, or later, to browsers: then many small files may go at once. Absent: nobody says. */
  http2: v.optional(v.literal(true)),
  /** Whether small files may travel together, and how many bytes a pack has at least. Absent: each goes by itself. */
  packs: v.optional(v.object({ least: bytes })),
});
export type CreateResponse = v.InferOutput<typeof CreateResponse>;

export const SignRequest = v.object({
  token,
  parts: v.pipe(v.array(PartNumber), v.minLength(1), v.maxLength(MAX_PARTS_PER_SIGN)),
});
export type SignRequest = v.InferOutput<typeof SignRequest>;

/**
 * A fresh token of the same upload, where the one that came with the call was over and `authorize` has let its user in
 * again. From now on it stands for the old one; keep it wherever that one is kept.
 */
export const Renewed = v.object({ token, expiresIn: milliseconds });
export type Renewed = v.InferOutput<typeof Renewed>;

export const SignResponse = v.object({ requests: v.array(SignedPart), renewed: v.optional(Renewed) });
export type SignResponse = v.InferOutput<typeof SignResponse>;

export const PartsRequest = v.object({ token });
export type PartsRequest = v.InferOutput<typeof PartsRequest>;

/** All parts that the store holds, ascending. The server reads every page of the store's response. */
export const PartsResponse = v.object({
  parts: v.array(StoredPart),
  /** The parts are one object already: a complete call whose response was lost. It has to be confirmed by another. */
  whole: v.optional(v.boolean()),
  renewed: v.optional(Renewed),
});
export type PartsResponse = v.InferOutput<typeof PartsResponse>;

export const CompleteRequest = v.object({
  token,
  /**
   * Multipart: every part, ascending, none missing; or none at all to confirm an object that is `whole` already. Single: empty; the server looks at the object itself, so that a
   * bucket whose CORS rules hide the ETag can still take small files.
   */
  parts: v.pipe(v.array(v.object({ partNumber: PartNumber, etag })), v.maxLength(MAX_PARTS)),
  /** CRC-64/NVME of the whole file, base64. The store compares it with what it holds. */
  checksum: v.optional(checksum),
  /** The ETag that the object must have where ETags are made of MD5s: of the file, or of its parts' MD5s and their number. */
  etag: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}(-\d{1,5})?$/))),
});
export type CompleteRequest = v.InferOutput<typeof CompleteRequest>;

/** The stored object, as the store itself reported it after the upload was complete. */
export const CompleteResponse = v.object({
  key: v.string(),
  size: bytes,
  etag,
  /** The object's address, without a signature. */
  location: v.string(),
  /** Where it is, of a store with several regions. */
  region: v.optional(v.string()),
  /** What was compared with what the browser announced. */
  verifiedBy: v.optional(v.picklist(['CRC64NVME', 'MD5', 'size'])),
  /** What the app's `onComplete` returned, as JSON; absent where it returned nothing. */
  result: v.optional(v.unknown()),
  /** What `GET /{route}/status?token=…` tells by how far the processing of the file is, where its route has one. */
  processing: v.optional(v.string()),
});
export type CompleteResponse = v.InferOutput<typeof CompleteResponse>;

/** Several uploads in one call: small files, whose page would otherwise ask for each. */
export const CompleteAllRequest = v.object({
  uploads: v.pipe(v.array(CompleteRequest), v.minLength(1), v.maxLength(MAX_COMPLETES)),
});
export type CompleteAllRequest = v.InferOutput<typeof CompleteAllRequest>;

/** An upload that was not completed: the error and status that a call about it alone would have got. */
export const NotCompleted = v.object({
  ...WireError.entries,
  /** The HTTP status. */
  status: v.pipe(v.number(), v.safeInteger()),
  /** When to ask again, in seconds; as in `Retry-After`. */
  retryAfter: v.optional(v.number()),
});
export type NotCompleted = v.InferOutput<typeof NotCompleted>;

export const UnpackResponse = v.object({
  /** One entry per file of the request, in its order: the ETag of its only part, or why it was not taken out. */
  files: v.array(v.union([v.object({ etag }), NotCompleted])),
});
export type UnpackResponse = v.InferOutput<typeof UnpackResponse>;

export const CompleteAllResponse = v.object({
  /** One entry per upload of the request, in its order. An upload that fails does not fail the others. */
  uploads: v.array(v.union([CompleteResponse, NotCompleted])),
});
export type CompleteAllResponse = v.InferOutput<typeof CompleteAllResponse>;

/** Small files that are to travel as one object, from which the server takes each out: each an upload of one part. */
export const PackRequest = v.object({
  tokens: v.pipe(v.array(token), v.minLength(1), v.maxLength(MAX_FILES_PER_PACK)),
  /** Bytes that belong to no file, behind all files: some stores copy out of nothing smaller. @default 0 */
  padding: v.optional(v.pipe(bytes, v.maxValue(MAX_PACK_SIZE))),
});
export type PackRequest = v.InferOutput<typeof PackRequest>;

export const PackResponse = v.object({
  /** Names the pack when it is unpacked. Opaque to the browser. */
  token,
  /** Stores the pack: the bytes of all files, then the padding. */
  request: SignedRequest,
});
export type PackResponse = v.InferOutput<typeof PackResponse>;

/** A pack that is stored, and what is to be taken out of it. Files that are not named are not stored. */
export const UnpackRequest = v.object({
  token,
  /** What the store answered for the pack. @default none: it is given up, stored or not */
  etag: v.optional(etag),
  /** None where it is given up. */
  files: v.pipe(
    v.array(v.object({ token, /** Where it begins in the pack, in bytes. */ start: bytes })),
    v.maxLength(MAX_FILES_PER_PACK),
  ),
  /** Whether others are taken out of it later: then it is kept. @default false */
  more: v.optional(v.boolean()),
});
export type UnpackRequest = v.InferOutput<typeof UnpackRequest>;

export const AbortRequest = v.object({ token });
export type AbortRequest = v.InferOutput<typeof AbortRequest>;

export const AbortResponse = v.object({});
export type AbortResponse = v.InferOutput<typeof AbortResponse>;

/** What a route takes, from the server's own definition: for hints and for the file picker. The server checks again. */
export const RouteLimits = v.object({
  /** As in the `accept` attribute of an HTML input. */
  accept: v.array(v.string()),
  /** In bytes. */
  minSize: bytes,
  /** In bytes. */
  maxSize: bytes,
  /** Most files in one `create` call. */
  maxFiles: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** The same in words, for people. */
  hint: v.string(),
  /** Whether files may come compressed; absent where not. */
  gzip: v.optional(v.literal(true)),
});
export type RouteLimits = v.InferOutput<typeof RouteLimits>;

/** The operations of a route, as they stand in the URL. */
export const OPERATIONS = ['create', 'sign', 'parts', 'complete', 'abort', 'pack', 'unpack'] as const;
export type Operation = (typeof OPERATIONS)[number];
