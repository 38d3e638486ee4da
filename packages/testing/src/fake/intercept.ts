/** Has `fetch` and `XMLHttpRequest` of the page answered in the page, where the address is one of ours. */
import type { StoreAnswer } from './failures.ts';

export interface Answers {
  /** Whether requests to this address are answered here. */
  has(url: string): boolean;
  /** What the upload server and the store answer. Rejects where the connection is to fail. */
  answer(request: Asked): Promise<StoreAnswer>;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** Bytes of the body. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hears how many bytes are sent. */
  readonly onProgress?: (loaded: number) => void;
}

/** Puts both in place; the returned function puts back what was there. */
export function intercept(answers: Answers): () => void {
  const { fetch, XMLHttpRequest, Worker } = globalThis;
  const giveBack = [
    put('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = input instanceof Request ? input : undefined;
      const url = absolute(request?.url ?? String(input));
      return answers.has(url) ? answered(answers, url, request, init) : fetch(input, init);
    }),
    put('XMLHttpRequest', new Proxy(XMLHttpRequest, { construct: (Real) => openable(new Real(), answers) })),
  ];
  if (Worker) {
    // The uploader's worker has a network of its own. Without it, the page sends.
    const construct = (Real: typeof Worker, [url, options]: [string | URL, WorkerOptions?]) => {
      if (String(url).includes('upload-worker')) throw new Error('The fake upload server answers on the page only.');
      return new Real(url, options);
    };
    giveBack.push(put('Worker', new Proxy(Worker, { construct })));
  }
  return () => giveBack.forEach((back) => back());
}

/** Not assigned: MSW makes what it has put in place read-only. */
function put(name: 'fetch' | 'XMLHttpRequest' | 'Worker', value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, enumerable: true, value });
  return () => {
    if (before) Object.defineProperty(globalThis, name, before);
    else Reflect.deleteProperty(globalThis, name);
  };
}

async function answered(
  answers: Answers,
  url: string,
  request: Request | undefined,
  {
    method = request?.method ?? 'GET',
    headers = request?.headers ?? {},
    body,
    signal = request?.signal,
  }: RequestInit = {},
): Promise<Response> {
  signal?.throwIfAborted();
  const bytes = body === undefined && request ? new Uint8Array(await request.arrayBuffer()) : await bytesOf(body);
  const aborted = new Promise<never>((_, reject) =>
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  const answer = await Promise.race([answers.answer({ method, url, headers: new Headers(headers), bytes }), aborted]);
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

/** A request that is answered here from the moment that it is opened with one of our addresses. */
function openable(xhr: XMLHttpRequest, answers: Answers): XMLHttpRequest {
  const open = xhr.open.bind(xhr);
  xhr.open = (method: string, address: string | URL, ...rest: unknown[]) => {
    const url = absolute(String(address));
    if (answers.has(url)) takeOver(xhr, method, url, answers);
    else Reflect.apply(open, xhr, [method, address, ...rest]);
  };
  return xhr;
}

function takeOver(xhr: XMLHttpRequest, method: string, url: string, answers: Answers): void {
  const headers = new Headers();
  let answered: StoreAnswer | undefined;
  let isOver = false;
  const has = (name: string, get: () => unknown) => Object.defineProperty(xhr, name, { configurable: true, get });
  const set = (name: string, value: unknown) =>
    Object.defineProperty(xhr, name, { configurable: true, writable: true, value });
  const tell = (target: EventTarget, type: string, loaded = 0, total = 0) =>
    target.dispatchEvent(Object.assign(new Event(type), { lengthComputable: total > 0, loaded, total }));
  const end = (type: string) => {
    if (isOver) return;
    isOver = true;
    if (type !== 'load') tell(xhr.upload, type);
    tell(xhr, type);
    tell(xhr, 'loadend');
  };

  has('readyState', () => (answered ? 4 : 1));
  has('status', () => answered?.status ?? 0);
  has('statusText', () => '');
  has('responseURL', () => (answered ? url : ''));
  has('responseText', () => answered?.body ?? '');
  has('response', () => answered?.body ?? '');
  set('setRequestHeader', (name: string, value: string) => headers.append(name, value));
  set('getResponseHeader', (name: string) => new Headers(answered?.headers).get(name));
  set('getAllResponseHeaders', () =>
    Object.entries(answered?.headers ?? {})
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join(''),
  );
  set('abort', () => end('abort'));
  set('send', async (body?: XMLHttpRequestBodyInit | null) => {
    const bytes = await bytesOf(body);
    const total = bytes.length;
    const onProgress = (loaded: number) => {
      if (!isOver) tell(xhr.upload, 'progress', loaded, total);
    };
    try {
      const answer = await answers.answer({ method, url, headers, bytes, onProgress });
      if (isOver) return;
      answered = answer;
      tell(xhr.upload, 'load', total, total);
      tell(xhr, 'readystatechange');
      end('load');
    } catch {
      end('error');
    }
  });
}

function absolute(url: string): string {
  return new URL(url, globalThis.location?.href).href;
}

/** A `Blob` of jsdom or happy-dom is none to Node, so it is asked itself. */
async function bytesOf(body: BodyInit | XMLHttpRequestBodyInit | null | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  const bytes = body instanceof Blob ? await body.arrayBuffer() : await new Response(body as BodyInit).arrayBuffer();
  return new Uint8Array(bytes);
}
