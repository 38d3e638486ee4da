import { StoreError } from '../errors.ts';
import type { ListedObject, ObjectSeen, ObjectStorage, StoredObject } from '../storage.ts';
import { byCountry, countryOf, inOrder, type Near, type NearestOf } from './nearest.ts';

export interface RegionsOptions {
  /**
   * What is near which region: countries, areas, or a function of the request. The country is what `cf-ipcountry`,
   * `x-vercel-ip-country` or `cloudfront-viewer-country` says. Pages measure by themselves; this is for their first upload.
   * @default nothing is known: regions are offered in the order in which they are named
   * @example { eu: ['Europe', 'Africa'], us: ['America'], ap: ['Asia', 'Australia', 'Pacific'] }
   */
  readonly near?: Near | NearestOf;
}

/**
 * Several stores, each in a region of the world. An upload goes to one of them: the page measures which is nearest, and goes on
 * in the next one where a region is gone. A file is looked for in all of them.
 *
 * @example regions({ eu: s3(frankfurt), us: s3(virginia) }, { near: { eu: ['Europe'], us: ['America'] } })
 * @throws TypeError where there is no region, a name is none, or two of them are one store.
 */
export function regions(stores: Readonly<Record<string, ObjectStorage>>, options: RegionsOptions = {}): ObjectStorage {
  const names = Object.keys(stores);
  if (names.length === 0) throw new TypeError('`regions` needs at least one region.');
  const wrong = names.find((name) => !/^[\w-]{1,64}$/.test(name));
  if (wrong !== undefined)
    throw new TypeError(`A region is called "${wrong}"; it takes 1 to 64 letters, digits, - and _.`);
  const places = Object.values(stores).map(({ place }) => place);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new TypeError(`Two regions are the same bucket of the same store: ${twice}.`);
  const { near = {} } = options;
  if (typeof near !== 'function') checkNear(names, near);
  const nearest = (request: Request) => {
    const country = countryOf(request);
    if (typeof near !== 'function') return byCountry(names, near, country);
    return inOrder(names, near(request, country));
  };
  return together(stores, nearest);
}

function checkNear(names: readonly string[], near: Near): void {
  const unknown = Object.keys(near).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`\`near\` names the region "${unknown}"; there are only ${names.join(', ')}.`);
}

function together(
  stores: Readonly<Record<string, ObjectStorage>>,
  nearest: (request: Request) => readonly string[],
): ObjectStorage {
  const all = Object.values(stores);
  const [first] = all as [ObjectStorage];
  const unit = Math.max(...all.map(({ minPartSize = 0 }) => minPartSize));
  const count = Math.min(...all.map(({ maxParts = Number.POSITIVE_INFINITY }) => maxParts));

  /** Of the region that knows it. */
  async function inEach<T>(ask: (store: ObjectStorage) => Promise<T>): Promise<T> {
    let failure: unknown;
    for (const store of all) {
      try {
        return await ask(store);
      } catch (error) {
        if (!isUnknown(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /** The region that has an object, and what it has; undefined where all answer, and none has it. */
  async function find(key: string): Promise<{ store: ObjectStorage; seen: StoredObject } | undefined> {
    const asked = await Promise.allSettled(all.map(async (store) => ({ store, seen: await store.headObject(key) })));
    for (const each of asked) {
      if (each.status === 'fulfilled' && each.value.seen) return { store: each.value.store, seen: each.value.seen };
    }
    const failed = asked.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return undefined;
  }

  /** The region of an object that was looked at. */
  async function holding({ key, seen }: ObjectSeen): Promise<ObjectStorage> {
    const asked = await Promise.allSettled(all.map((store) => store.headObject(key)));
    const index = asked.findIndex((each) => each.status === 'fulfilled' && each.value?.etag === seen.etag);
    return all[index] ?? (await find(key))?.store ?? first;
  }

  return {
    regions: stores,
    nearest,
    place: JSON.stringify(all.map(({ place }) => place)),
    checksum: first.checksum,
    ...(unit > 0 && { minPartSize: unit }),
    ...(Number.isFinite(count) && { maxParts: count }),
    refusesOverwrite: all.every((store) => store.refusesOverwrite === true),
    get http2() {
      return all.every((store) => store.http2 === true);
    },
    takesLateParts: all.some((store) => store.takesLateParts === true),
    locksObjects: all.some((store) => store.locksObjects === true),
    signParts: (input) => first.signParts(input),
    createMultipartUpload: (input) => first.createMultipartUpload(input),
    listParts: (upload) => inEach((store) => store.listParts(upload)),
    completeMultipartUpload: (input) => inEach((store) => store.completeMultipartUpload(input)),
    abortMultipartUpload: (upload) => inEach((store) => store.abortMultipartUpload(upload)),
    async *listMultipartUploads(prefix) {
      for (const store of all) yield* store.listMultipartUploads(prefix);
    },
    headObject: async (key) => (await find(key))?.seen,
    read: async (input) => (await holding(input)).read(input),
    copyObject: async (input) => (await holding(input)).copyObject(input),
    deleteObject: async (input) => (await holding(input)).deleteObject(input),
    putObject: (input) => first.putObject(input),
    listObjects: (prefix) => merged(all.map((store) => store.listObjects(prefix))),
    signGet: async (input) => ((await find(input.key))?.store ?? first).signGet(input),
    location: first.location,
    clockSkew: () => all.map((store) => store.clockSkew?.() ?? 0).toSorted((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0,
    async check() {
      const asked = await Promise.allSettled(all.map(async (store) => store.check?.()));
      const failures = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
      // A region that is away is what the others are for; one that refuses this server is set up wrongly.
      const refused = failures.find((error) => !(error instanceof StoreError && error.reason === 'unavailable'));
      if (refused !== undefined || failures.length === all.length) throw refused ?? failures[0];
    },
    within(signal) {
      const bounded = Object.entries(stores).map(([name, store]) => [name, store.within?.(signal) ?? store] as const);
      return together(Object.fromEntries(bounded), nearest);
    },
  };
}

const isUnknown = (error: unknown) => error instanceof StoreError && error.reason === 'no-such-upload';

/** Several lists in the order of their keys as one. */
async function* merged(lists: readonly AsyncIterable<ListedObject>[]): AsyncGenerator<ListedObject> {
  const readers = lists.map((list) => list[Symbol.asyncIterator]());
  const heads = await Promise.all(readers.map((reader) => reader.next()));
  for (;;) {
    let least = -1;
    for (const [index, { done, value }] of heads.entries()) {
      const other = heads[least]?.value as ListedObject | undefined;
      if (done !== true && (other === undefined || before(value.key, other.key))) least = index;
    }
    const head = heads[least];
    if (head === undefined) return;
    yield head.value as ListedObject;
    heads[least] = await (readers[least] as AsyncIterator<ListedObject>).next();
  }
}

/** In the order of their bytes in UTF-8, which is that of stores. */
function before(a: string, b: string): boolean {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((char, index) => char !== right[index]);
  if (at < 0) return left.length < right.length;
  return right[at] !== undefined && (left[at]?.codePointAt(0) ?? 0) < (right[at]?.codePointAt(0) ?? 0);
}
