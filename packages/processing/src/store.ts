/** An object as the store reports it. */
export interface SeenObject {
  /** In bytes. */
  readonly size: number;
  /** With its quotes, as the store gave it. */
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What processing needs of an object store. `s3()` and `s3FromEnv()` of `@portage/server` are that. */
export interface Store {
  /** Undefined where there is no such object. */
  headObject(key: string): Promise<SeenObject | undefined>;
  /** Bytes from `start` up to, not including, `end`. Fails where it is another object now. */
  read(input: { key: string; seen: SeenObject; start: number; end: number }): Promise<Uint8Array>;
  /** Stores an object, which shows whole or not at all, and is refused where its bytes are not those of `sha256`. */
  putObject(input: {
    key: string;
    body: Uint8Array<ArrayBuffer>;
    /** In hex. */
    sha256: string;
    headers: Readonly<Record<string, string>>;
  }): Promise<void>;
  /** All objects below a prefix, in the order of their keys. `storedAt` in milliseconds since the epoch. */
  listObjects(prefix: string): AsyncIterable<{ key: string; size: number; etag: string; storedAt: number }>;
  /** An address that anybody may read the object by, for so many seconds. */
  signGet(input: { key: string; lifetime: number }): Promise<string>;
}
