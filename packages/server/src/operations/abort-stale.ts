import { StoreError } from '../errors.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { singles } from '../regions/singles.ts';
import type { ObjectStorage, PendingUpload, Storage } from '../storage.ts';
import { packPrefix } from '../token/pack-claims.ts';
import type { ResolvedRoute, Service } from './call.ts';
import { PACK_LIFETIME } from './pack.ts';

export interface AbortStaleOptions {
  /**
   * Age in seconds from which an upload counts as left alone. A younger age than the default also ends uploads that
   * somebody could still go on with, or is sending at this moment.
   * @default `uploadLifetime`: the server lets nobody go on with an older one
   */
  olderThan?: number;
  /**
   * What the keys start with under which every old upload is aborted, whoever began it.
   * Packs that were left stored are looked for right below each, so name those of users one by one where `prefix` is a function.
   * @default those of the routes; for a route without `key`, only keys of the form that the server itself gives
   */
  prefixes?: readonly string[];
}

/** What a sweep came to. */
export interface AbortedStale {
  aborted: number;
  /** Uploads that the store did not abort. `onError` has heard why; the next sweep finds them again. */
  failed: number;
  /** Uploads that the store lists, but did not find: completed or aborted by somebody else in the meantime. */
  gone: number;
  /** Routes whose `prefix` is a function, so nobody knows where their uploads are: name `prefixes`. */
  skipped: readonly string[];
}

/** Calls to the store at the same time. */
const CONCURRENCY = 10;

interface Place {
  storage: Storage;
  prefix: string;
  isOwn: (key: string) => boolean;
}

/**
 * Aborts multipart uploads that nobody goes on with: their parts cost money and show nowhere. Deletes packs that were left, too.
 * @throws StoreError where the uploads cannot be listed; TypeError where `olderThan` is no age.
 */
export async function abortStale(
  service: Service,
  routes: readonly ResolvedRoute[],
  options: AbortStaleOptions,
  onError: (error: unknown) => void,
): Promise<AbortedStale> {
  const { olderThan = service.uploadLifetime, prefixes } = options;
  if (!(olderThan >= 0)) throw new TypeError(`\`olderThan\` is ${olderThan}; it takes an age in seconds.`);
  const latest = service.clock() - olderThan * 1000;
  const skipped = prefixes ? [] : routes.filter(({ prefix }) => typeof prefix === 'function').map(({ name }) => name);
  const counts = { aborted: 0, failed: 0, gone: 0 };
  const failed = (error: unknown) => {
    counts.failed++;
    onError(error);
  };

  for (const { storage, prefix, isOwn } of prefixes ? everythingIn(routes, prefixes) : placesOf(routes)) {
    const stale: PendingUpload[] = [];
    for await (const upload of storage.listMultipartUploads(prefix))
      if (upload.startedAt <= latest && isOwn(upload.key)) stale.push(upload);
    await mapInTurns(stale, CONCURRENCY, async (upload) => {
      try {
        await storage.abortMultipartUpload(upload);
        counts.aborted++;
      } catch (error) {
        if (error instanceof StoreError && error.reason === 'no-such-upload') {
          counts.gone++;
          return;
        }
        failed(error);
      }
    });
    await deletePacks(storage, prefix, Math.min(latest, service.clock() - PACK_LIFETIME * 1000)).catch(failed);
  }
  await service.leftBehind.sweep();
  service.emit({ event: 'swept', at: service.clock(), ...counts });
  return { ...counts, skipped };
}

/** Deletes what is left of packs, where a server died between storing and deleting one. */
async function deletePacks(
  storage: Storage & Partial<Pick<ObjectStorage, 'listObjects'>>,
  prefix: string,
  latest: number,
): Promise<void> {
  if (storage.packs === undefined || storage.listObjects === undefined) return;
  for await (const { key, storedAt } of storage.listObjects(packPrefix(prefix))) {
    const seen = storedAt <= latest ? await storage.headObject(key) : undefined;
    if (seen) await storage.deleteObject({ key, seen });
  }
}

/**
 * A key as the server gives it by default, after the prefix: the user's folder if there is one, 32 hex digits, a name; or one that
 * waits to be checked, or a pack.
 */
const GIVEN_KEY = /^(?:[^/]+\/)?(?:[0-9a-f]{32}\/[^/]+|~pending\/(?:pack-)?[0-9a-f]{32})$/;

const placesOf = (routes: readonly ResolvedRoute[]): Place[] =>
  routes.flatMap(({ name, storage, prefix = `${name}/`, hooks }) => {
    if (typeof prefix === 'function') return [];
    const isOwn = (key: string) => hooks.key !== undefined || GIVEN_KEY.test(key.slice(prefix.length));
    return singles(storage).map((each) => ({ storage: each, prefix, isOwn }));
  });

const everythingIn = (routes: readonly ResolvedRoute[], prefixes: readonly string[]): Place[] =>
  [...new Set(routes.flatMap(({ storage }) => singles(storage)))].flatMap((storage) =>
    prefixes.map((prefix) => ({ storage, prefix, isOwn: () => true })),
  );
