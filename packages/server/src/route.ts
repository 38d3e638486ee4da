/** Who uploads. */
export interface Identity {
  /** Bound into the token: nobody else can go on with this upload. At most 256 characters. */
  readonly userId: string;
}

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
  /** The app's own fields, as the browser sent them. */
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
  type: string;
  /** With its quotes, as the store gave it. */
  etag: string;
  /** The object's address, without a signature. */
  location: string;
}

type Awaitable<T> = T | Promise<T>;

/** One kind of upload: who may, what, how large, and what happens then. */
export interface Route<Context extends Identity = Identity> {
  /**
   * Types that the route takes, as in the `accept` attribute of an HTML input. Checked against what the browser says.
   * @default every type
   * @example ['image/*', 'application/pdf', '.mov']
   */
  readonly accept?: readonly string[];
  /** Largest file in bytes. @default what S3 takes */
  readonly maxSize?: number;
  /** Smallest file in bytes. @default 0 */
  readonly minSize?: number;
  /** Most files in one call. @default 100 */
  readonly maxFiles?: number;
  /** What the keys of this route start with. @default the route's name and a slash */
  readonly prefix?: string;
  /**
   * Says who is asking, on every call. Null refuses; so does a thrown `RefusedError`, with words of your own.
   * Must not read the request's body.
   * @default anyone may upload
   */
  authorize?(request: Request): Awaitable<Context | null>;
  /**
   * Names the object, after the prefix. The same key twice means that the later file replaces the earlier one.
   * @default `${file.id}/${file.name}`
   */
  key?(file: IncomingFile, context: Context): Awaitable<string>;
  /** Kept with the object as `x-amz-meta-*`, percent-encoded where a value is not plain ASCII. Up to about 1 KB. */
  metadata?(file: IncomingFile, context: Context): Awaitable<Readonly<Record<string, string>>>;
  /**
   * Runs when a file is in the store, before the browser hears of it. At least once: an answer that is lost on its way
   * is asked for again. What it throws is what the browser gets.
   */
  onComplete?(file: StoredFile, context: Context): Awaitable<void>;
}

/**
 * A route whose hooks know what its `authorize` returns.
 *
 * @example
 * const photos = route({
 *   accept: ['image/*'],
 *   authorize: async (request) => sessionOf(request),
 *   key: (file, session) => `${session.userId}/${file.id}`,
 * });
 */
export const route = <Context extends Identity>(options: Route<Context>): Route<Context> => options;
