/** All that the server knows about an upload. It travels in the token, so no server needs a database to go on. */
export interface Claims {
  route: string;
  /** Empty where the route has no `authorize`. */
  userId: string;
  /** Names the upload; kept with the object too, so that a finished object can be told from another at its key. */
  id: string;
  /** Where the object shall be. */
  key: string;
  /** How many characters of the key were the prefix of its user when the upload was created. */
  prefixLength: number;
  /** Whether its parts go to another key, where the object is checked before it is copied to its own. */
  pending: boolean;
  uploadId: string;
  /** In bytes. */
  partSize: number;
  /** Where parts are unequal: see `planParts`. */
  lanes?: number;
  /** In bytes, as agreed on when the upload was created. */
  size: number;
  /** MIME type. */
  type: string;
  /** Where the page has compressed it: `size` is of that. */
  contentEncoding?: 'gzip';
  /** The file's name as the person saw it, cleaned and cut. */
  name: string;
  /** The app's own fields, where the route has a hook that is told of them later. */
  meta?: Readonly<Record<string, string>>;
  /** The types that the route took when the upload was created. */
  accept: readonly string[];
  /** In milliseconds since the epoch. */
  createdAt: number;
  /** In milliseconds since the epoch. */
  expiresAt: number;
}

/** The multipart upload at the store that an upload's parts go to. */
export function partsOf({ key, prefixLength, pending, id, uploadId }: Claims): { key: string; uploadId: string } {
  return { key: pending ? pendingKey(key.slice(0, prefixLength), id) : key, uploadId };
}

/** Not a folder of any user: `userFolder` writes none that begins like this. */
const pendingKey = (prefix: string, id: string) => `${prefix}~pending/${id}`;
