import type { Storage } from './storage.ts';

/** Who uploads. */
export interface Identity {
  /**
   * Bound into the token: nobody else can go on with this upload. At most 256 characters. It becomes a folder of the
   * user's own in the store, so take an opaque id rather than an e-mail address.
   */
  readonly userId: string;
}

/** What the hooks of a route are given: what its `authorize` returns; without one, somebody without a name. */
export type ContextOf<C> = unknown extends C ? Identity : C;

/** A file that somebody wants to upload. Nothing that the browser says in it is trusted. */
export interface IncomingFile {
  /** Made by the server, 32 hex digits: unique, and not to be guessed. */
  id: string;
  /** The file's name, made safe for a key: ASCII letters, digits, `.`, `-`, `_`; at most 100 characters. */
  name: string;
  /** The name as the person sees it, without slashes and control characters. */
  displayName: string;
  /** In bytes. */
  size: number;
  /** MIME type as the browser guessed it; `application/octet-stream` where it has none. */
  type: string;
  /** Where the page has compressed it: `size` is of that. */
  contentEncoding?: 'gzip';
  /**
   * The app's own fields, as the browser sent them. A route with an `onComplete` or a `scan` takes 2,048 bytes of them, as
   * JSON: they travel in the token.
   */
  meta: Readonly<Record<string, string>>;
}

/** A file that is in the store, whole, as the store itself confirmed. */
export interface StoredFile {
  id: string;
  key: string;
  /** The file's name as the person saw it, cleaned. */
  displayName: string;
  /** In bytes. */
  size: number;
  /** MIME type as the browser guessed it; where `accept` names types, one that the file's name stands for. */
  type: string;
  /** Where the page has compressed it: the object has this header, and `size` is of what is stored. */
  contentEncoding?: 'gzip';
  /** With its quotes, as the store gave it. */
  etag: string;
  /** The object's address, without a signature. */
  location: string;
  /** The region where it is, where the storage has several. */
  region?: string;
  /**
   * The app's own fields, as `onCreate` was given them: the browser named them before the upload, and cannot change them
   * since. Nothing in them is trusted.
   */
  meta: Readonly<Record<string, string>>;
  /**
   * Where the route has a `process`: what a page asks by how far that is. Keep it with the file, and every device of its
   * user can ask.
   */
  processing?: string;
}

/** A file that is in the store, whole, and that nobody was told of yet. */
export interface ScannedFile extends StoredFile {
  /** Its bytes as they are stored, from the store, in pieces of up to a mebibyte. Fails where the object is another one by now. */
  read(): AsyncIterable<Uint8Array>;
}

/** A place for objects that are not what was promised; at least one of the two says where. */
export interface Quarantine {
  /** What their keys start with. @default '' */
  readonly prefix?: string;
  /** Of the same store, for the same credentials. @default that of the upload */
  readonly bucket?: string;
}

/** Now or later. */
export type Awaitable<T> = T | Promise<T>;

/**
 * One kind of upload: who may, what, how large, where to, and what happens then.
 *
 * `C` is what `authorize` returns, `R` what `onComplete` returns; both are inferred.
 */
export interface Route<C = Identity, R = unknown> {
  /**
   * Types that the route takes, as in the `accept` attribute of an HTML input. Checked against the file's name, and
   * again against the content of the stored object, which is deleted where it is something else.
   * @default every type, unchecked
   * @example ['image/*', 'application/pdf', '.mov']
   */
  readonly accept?: readonly string[];
  /** Largest file in bytes; `Infinity` is what S3 takes. @default 1_073_741_824, 1 GiB */
  readonly maxSize?: number;
  /** Smallest file in bytes. @default 0 */
  readonly minSize?: number;
  /** Most files in one call. @default 100 */
  readonly maxFiles?: number;
  /** What the route takes, in words for people. @default made from the limits: `image/*, up to 20 MiB each` */
  readonly hint?: string;
  /**
   * Whether pages may compress files before they send them, as `Prepare` of `@portage/uppy/prepare` does with text. Such an
   * object has `Content-Encoding: gzip`, so that browsers show what was picked. `accept` looks at what is in it; limits and
   * sizes are of what is stored, and a little of it may stand for a thousand times as much.
   * @default false
   */
  readonly gzip?: boolean;
  /** Size of parts in bytes, whatever the browser wishes. 5 MiB to 5 GiB. @default as the browser wishes */
  readonly partSize?: number;
  /**
   * Whether a file may take the place of another one of the same key, when it is stored and checked. If not, the second
   * one is refused: by the store where it can, see `conditionalWrites` of its profile, else by this server.
   * @default false
   */
  readonly overwrite?: boolean;
  /**
   * Where a stored object goes that is not what was promised (its size, or what its first bytes say), to be looked at: its
   * key follows the prefix. Nobody but you should be able to read there. One that the store does not copy is deleted, and
   * `onError` hears of it.
   * @default nowhere: it is deleted
   * @example { prefix: 'quarantine/' }
   * @example { bucket: 'app-quarantine' }
   */
  readonly quarantine?: Quarantine;
  /** Where files of this route go. @default the `storage` of `createUploads` */
  readonly storage?: Storage;
  /**
   * In which regions of the storage files of this user may be, such as for data that must stay in one. Asked on every call.
   * @default in all of them
   * @example (session) => (session.isEuropean ? ['eu'] : ['eu', 'us'])
   */
  regions?(context: ContextOf<C>): readonly string[];
  /**
   * What the keys of this route start with. A folder of the user's own follows, so that no key is another user's;
   * a function names the whole prefix by itself.
   * @default the route's name and a slash
   * @example (session) => `teams/${session.teamId}/`
   */
  readonly prefix?: string | ((context: ContextOf<C>) => string);
  /**
   * Says who is asking, on every call. Nothing (null, undefined, false) refuses; so does a thrown `RefusedError`, with
   * words of your own. Must not read the request's body. Required, unless the route is `anonymous`.
   * @default nobody is asked, and anybody may upload: with `anonymous: true` alone
   */
  authorize?(request: Request): Awaitable<C | null | undefined | false>;
  /** Written where anybody may upload, without being asked who it is: there is no `authorize` then. @default false */
  readonly anonymous?: boolean;
  /**
   * Bytes that this user may still store beside what you know to be stored. Asked once per `create`; uploads that are
   * under way, or were left alone, are counted by the server: see `reservations`. A file that is larger than what is left
   * is refused: `quota-exceeded`.
   * @default no limit
   */
  quota?(context: ContextOf<C>): Awaitable<number>;
  /**
   * Names the object, after the prefix. The same key twice: see `overwrite`.
   * @default `${file.id}/${file.name}`
   */
  key?(file: IncomingFile, context: ContextOf<C>): Awaitable<string>;
  /** Kept with the object as `x-amz-meta-*`, percent-encoded where a value is not plain ASCII. Up to about 1 KB. @default none */
  metadata?(file: IncomingFile, context: ContextOf<C>): Awaitable<Readonly<Record<string, string>>>;
  /** Runs before an upload begins, when all checks are passed; what it throws refuses the file. @default nothing */
  onCreate?(file: IncomingFile & { key: string }, context: ContextOf<C>): unknown;
  /**
   * Looks into a file before anybody is told of it, such as for viruses. What it returns says what was found: nothing lets
   * the file through, a text has it deleted, or put into quarantine, and its upload refused. It may take minutes: until
   * it answers, at most for ten of them, the page is told to ask again.
   * @default nobody looks
   */
  scan?(file: ScannedFile, context: ContextOf<C>): Awaitable<string | null | undefined>;
  /**
   * Names a pipeline of `processing`: what is made of a file when it is stored, checked and told of.
   * @default nothing is made of it
   * @example 'photos'
   */
  readonly process?: string;
  /**
   * Runs when a file is in the store and checked, before the browser hears of it. What it returns travels to the
   * browser as JSON: the `result` of the upload. At least once: a response that is lost on its way is asked for again.
   * What it throws is what the browser gets.
   * @default nothing
   */
  onComplete?(file: StoredFile, context: ContextOf<C>): Awaitable<R>;
}

/**
 * A route whose hooks know what its `authorize` returns, wherever it is written.
 *
 * @example
 * const photos = route({
 *   accept: ['image/*'],
 *   authorize: async (request) => sessionOf(request),
 *   onComplete: (file, session) => savePhoto(session.userId, file.key),
 * });
 */
export const route = <C extends Identity = Identity, R = undefined>(options: Route<C, R>): Route<C, R> => options;
