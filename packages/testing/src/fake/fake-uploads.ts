/** An upload server and a store in the page, for tests of apps: nothing of it touches a network. */
import { createUploads, type Route, UploadsError } from '@portage/server';
import { type FakeFailure, isOfStore, type ServerRefusal, STORE_FAILURES, type StoreAnswer } from './failures.ts';
import { type Answers, type Asked, intercept } from './intercept.ts';
import { memoryStorage } from './memory-storage.ts';

/** Options of {@link fakeUploads}. */
export interface FakeUploadsOptions {
  /** What the app has as its `endpoint`. @default '/api/uploads' */
  readonly endpoint?: string;
  /**
   * The server's routes, such as your own: what they refuse is refused, in their words.
   * @default { files: { anonymous: true } }, which takes anything up to 1 GiB
   */
  readonly routes?: Readonly<Record<string, Route>>;
}

/** A file that was uploaded. */
export interface FakeFile {
  /** As the person saw it. */
  readonly name: string;
  readonly key: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly route: string;
  /** The app's own fields. */
  readonly meta: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How long a failure lasts, and in what words. */
export interface FailOptions {
  /** Name of the file that fails; all the others are stored. @default every file */
  readonly file?: string;
  /** What the upload server says of why. Codes of the store have words of their own. */
  readonly message?: string;
  /** What the upload server says to do. */
  readonly hint?: string;
}

/** What {@link fakeUploads} gives. */
export interface FakeUploads {
  /** What was uploaded, in the order in which it was stored. */
  readonly files: readonly FakeFile[];
  /**
   * Holds all parts back, once that share of their bytes is sent, until the returned function is called.
   * @param share - From 0 to 1. At 1 all is sent and not answered. @default 0
   * @example const go = uploads.hold(0.5); // … expect 50 % …; go();
   */
  hold(share?: number): () => void;
  /**
   * Has uploads fail with that code from now on, until the returned function is called.
   * @example const mend = uploads.fail('store-refused'); // … expect the error …; mend(); // … press Retry …
   */
  fail(code: FakeFailure, options?: FailOptions): () => void;
  /** Forgets all files, and ends what `hold` and `fail` began. */
  reset(): void;
  /** Resets, and gives the page its own `fetch` and `XMLHttpRequest` back. */
  close(): void;
}

/**
 * Uploads that stay in the page, for tests of an app: the upload server is the real one, its store is a map.
 * @example
 * const uploads = fakeUploads();
 * await userEvent.upload(fileInput(), new File(['hello'], 'a.txt'));
 * await waitFor(() => expect(uploads.files).toMatchObject([{ name: 'a.txt', size: 5 }]));
 */
export function fakeUploads(options: FakeUploadsOptions = {}): FakeUploads {
  const { endpoint = '/api/uploads', routes = { files: { anonymous: true } } } = options;
  const base = new URL(`${endpoint.replace(/\/+$/, '')}/`, globalThis.location?.href);
  const storage = memoryStorage();
  const files: FakeFile[] = [];
  const failures = new Set<{ readonly code: FakeFailure } & FailOptions>();
  const holds = new Set<Hold>();

  /** Names of files, by key. */
  const names = new Map<string, string>();
  const failureOf = (name: string | undefined) => [...failures].find(({ file }) => file === undefined || file === name);

  const server = createUploads({
    storage,
    secret: 'a secret of tests, which nobody else has a use for',
    basePath: base.pathname.slice(0, -1),
    origins: '*',
    logger: SILENT,
    // What a hook of a route throws by mistake is news; a refusal is not.
    onError: (error) => error instanceof UploadsError || console.error(error),
    routes: Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, watched(name, route)])),
  });

  /** The route, with us looking on. */
  function watched(routeName: string, { storage: _, ...route }: Route): Route {
    const metas = new Map<string, FakeFile['meta']>();
    return {
      ...route,
      onCreate(file, context) {
        const failure = failureOf(file.displayName);
        if (failure && failure.code !== 'network' && !isOfStore(failure.code)) throw refusal(failure.code, failure);
        metas.set(file.id, file.meta);
        names.set(file.key, file.displayName);
        return route.onCreate?.(file, context);
      },
      async onComplete(file, context) {
        const result = await route.onComplete?.(file, context);
        const { id, key, displayName: name, type, size } = file;
        const meta = metas.get(id) ?? {};
        if (!files.some((known) => known.key === key))
          files.push({ name, key, type, size, route: routeName, meta, bytes: storage.bytesOf(key) });
        return result;
      },
    };
  }

  async function askStore({ url, bytes, onProgress }: Asked): Promise<StoreAnswer> {
    for (const { share, over } of holds) {
      onProgress?.(Math.floor(bytes.length * share));
      await over;
    }
    onProgress?.(bytes.length);
    const failure = failureOf(names.get(storage.keyOf(url)));
    if (failure?.code === 'network') throw new TypeError('The fake network is down.');
    if (failure && isOfStore(failure.code)) return STORE_FAILURES[failure.code];
    const etag = storage.put(url, bytes);
    return etag === undefined ? STORE_FAILURES['upload-gone'] : { status: 200, headers: { etag }, body: '' };
  }

  async function askServer({ method, url, headers, bytes }: Asked): Promise<StoreAnswer> {
    if (failureOf(undefined)?.code === 'network') throw new TypeError('The fake network is down.');
    const body = method === 'POST' ? bytes : null;
    const response = await server(new Request(url, { method, headers, body }));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  }

  const answers: Answers = {
    has: (url) => url.startsWith(base.href) || storage.has(url),
    answer: (asked) => (storage.has(asked.url) ? askStore(asked) : askServer(asked)),
  };
  const giveBack = intercept(answers);

  function reset(): void {
    for (const { end } of [...holds]) end();
    failures.clear();
    files.length = 0;
    storage.clear();
  }

  return {
    files,
    hold(share = 0) {
      let release = () => {};
      const over = new Promise<void>((resolve) => {
        release = resolve;
      });
      const hold: Hold = {
        share,
        over,
        end() {
          holds.delete(hold);
          release();
        },
      };
      holds.add(hold);
      return hold.end;
    },
    fail(code, why = {}) {
      const failure = { code, ...why };
      failures.add(failure);
      return () => void failures.delete(failure);
    },
    reset,
    close() {
      reset();
      giveBack();
    },
  };
}

interface Hold {
  readonly share: number;
  readonly over: Promise<void>;
  end(): void;
}

function refusal(code: ServerRefusal, { message, hint }: FailOptions): UploadsError {
  return new UploadsError({
    code,
    message: message ?? `The fake upload server was told to answer "${code}".`,
    hint: hint ?? 'Call the function that `fail` returned.',
  });
}

/** What goes wrong on purpose is not news. */
const SILENT = { info() {}, warn() {}, error() {} };
