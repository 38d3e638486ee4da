import { checkIdentity } from './check-identity.ts';
import { UploadsError } from './errors.ts';
import { prefixOf, type ResolvedRoute, type Service } from './operations/call.ts';
import { displayName, encodeName } from './policy/file-name.ts';
import { nameOf } from './policy/object-headers.ts';
import { checkKey } from './policy/object-key.ts';
import type { Identity } from './route.ts';
import type { ListedObject, ObjectStorage, Storage } from './storage.ts';

/** A file that is stored. */
export interface StoredFileFacts {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** With its quotes, as the store gave it. */
  readonly etag: string;
  /** As the store hands it out. */
  readonly type: string;
  /** As the person saw it; undefined where something else than an upload stored it. */
  readonly displayName: string | undefined;
}

export interface FileUrlOptions {
  /** How long anybody may read the file by it, in seconds, up to 604,800; half of that at least. @default 900 */
  readonly lifetime?: number;
  /**
   * Whether a browser shows the file or saves it. Files that might run as a page are saved as bytes without a type anyway.
   * @default as it was stored: 'attachment', with its own name
   */
  readonly disposition?: 'inline' | 'attachment';
  /** Name to save it by. @default its own */
  readonly name?: string;
}

/** What an app does with files after their upload. A key of elsewhere is one where there is no file. */
export interface StoredFiles {
  /** Undefined where there is no such file. @throws StoreError */
  head(key: string): Promise<StoredFileFacts | undefined>;
  /** All files, in the order of their keys. @throws StoreError */
  list(): AsyncIterable<ListedObject>;
  /**
   * A signed address of the file. The store is not asked whether it is there.
   * @throws UploadsError `not-found` where the key is of elsewhere.
   */
  url(key: string, options?: FileUrlOptions): Promise<string>;
  /** Removes the file; false where there is none. @throws StoreError */
  delete(key: string): Promise<boolean>;
}

/** Whose files: those of one user, as `authorize` names them, or all of the route. Never left out, so that no missing session shows all. */
export type FileOwner = Identity | 'everybody';

/** @throws TypeError where nobody can tell where the files are, or the storage cannot list and sign. */
export function storedFiles(service: Service, route: ResolvedRoute, owner: FileOwner | null | undefined): StoredFiles {
  const storage = showing(route.name, route.storage);
  const prefix = prefixOf({ service, route, context: contextOf(route, owner) });
  // Keys below `of-ann` would be those of `of-anna`, too.
  if (!prefix.endsWith('/') && !(prefix === '' && owner === 'everybody'))
    throw new TypeError(
      `The \`prefix\` of the route "${route.name}" is "${prefix}" here. Without a slash at its end nobody can tell whose a key is.`,
    );
  const isOurs = (key: string) => key.startsWith(prefix) && !PENDING.test(key) && isKey(key);

  return {
    async head(key) {
      const seen = isOurs(key) ? await storage.headObject(key) : undefined;
      return (
        seen && {
          key,
          size: seen.size,
          etag: seen.etag,
          type: seen.headers['content-type'] ?? '',
          displayName: nameOf(seen),
        }
      );
    },
    async *list() {
      for await (const object of storage.listObjects(prefix)) if (isOurs(object.key)) yield object;
    },
    async url(key, { lifetime = 900, disposition, name } = {}) {
      if (!isOurs(key))
        throw new UploadsError({ code: 'not-found', message: 'There is no such file.', hint: 'It may be removed.' });
      if (!(lifetime >= 1 && lifetime <= 604_800))
        throw new TypeError(`\`lifetime\` is ${lifetime}; it takes 1 to 604,800 seconds.`);
      const named = name === undefined ? '' : `; filename*=UTF-8''${encodeName(displayName(name))}`;
      const kept = disposition === undefined && name === undefined;
      return storage.signGet({
        key,
        lifetime,
        ...(!kept && { disposition: `${disposition ?? 'attachment'}${named}` }),
      });
    },
    async delete(key) {
      const seen = isOurs(key) ? await storage.headObject(key) : undefined;
      if (seen === undefined) return false;
      await storage.deleteObject({ key, seen });
      return true;
    },
  };
}

function contextOf({ name, prefix }: ResolvedRoute, owner: FileOwner | null | undefined): Identity {
  if (owner !== 'everybody') return checkIdentity(owner);
  if (typeof prefix !== 'function') return { userId: '' };
  throw new TypeError(`The \`prefix\` of the route "${name}" is a function: name the user whose files you mean.`);
}

/** What is not checked yet, and shows to nobody. */
const PENDING = /(?:^|\/)~pending\//;

function isKey(key: string): boolean {
  try {
    return checkKey(key) === key;
  } catch {
    return false;
  }
}

function showing(name: string, storage: Storage): ObjectStorage {
  if ('signGet' in storage && 'listObjects' in storage) return storage as ObjectStorage;
  throw new TypeError(
    `The storage of the route "${name}" can neither list nor sign what is stored: see ObjectStorage.`,
  );
}
