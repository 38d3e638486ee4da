/**
 * A store that is never the bottleneck: it speaks enough of S3 for uploads, counts the bytes that arrive and forgets them.
 * Nothing is verified but sizes; a checksum that a client announces is believed.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import { type Certificates, makeCertificates } from './certificate.ts';
import { createTimeline } from './timeline.ts';

/** How the store answers. */
export interface StoreBehaviour {
  /** From a PUT's last byte to its response, in milliseconds. */
  readonly answerDelay: number;
  /** Every so many answers to a PUT one is stuck; 0 for none. */
  readonly stuckEvery: number;
  /** How long a stuck answer takes, in milliseconds. */
  readonly stuckFor: number;
}

/** What has arrived since `begin`. */
export interface StoreCounts {
  /** Preflights. */
  readonly options: number;
  /** PUTs that began, and those that came to their end. */
  readonly puts: number;
  readonly finished: number;
  /** Of PUT bodies, those of PUTs that were cut off too. */
  readonly bytes: number;
  /** Of these, bytes behind the last one that was copied out of an object before it was deleted: they belong to no file. */
  readonly padding: number;
  /** Median, and largest, body of a finished PUT. */
  readonly medianPut: number;
  readonly largestPut: number;
  /** Any other request, such as completing an upload. */
  readonly others: number;
  readonly stuck: number;
  readonly connections: number;
  /** Those that carried bytes of files. */
  readonly carriers: number;
  /** Objects that are whole, and the bytes of all objects and parts, each counted once however often it came. */
  readonly objects: number;
  readonly stored: number;
  /** Milliseconds since the epoch at which the timeline starts; then bytes per `timelineStep` milliseconds. */
  readonly since: number;
  readonly timelineStep: number;
  readonly timeline: readonly number[];
}

/** What the store speaks: plain HTTP/1.1, or over TLS HTTP/1.1, HTTP/2 or, through Caddy, HTTP/3. */
export type StoreProtocol = OwnProtocol | 'http3';
export type OwnProtocol = 'http' | 'https' | 'http2';

export interface Store {
  /** One for each name of the store: to a browser another host. */
  servers(protocol: OwnProtocol): readonly [Server, ...Server[]];
  /** With whose key it speaks TLS. */
  certificates(): Certificates;
  /** Forgets everything, and answers like this from now on. */
  begin(behaviour: StoreBehaviour): void;
  counts(): StoreCounts;
}

/** A day; Chromium takes two hours of it. */
const PREFLIGHT_MAX_AGE = 86_400;

/** Bytes that a client may send ahead over HTTP/2, on each request and on the connection: more than the longest link holds. */
const WINDOW = 16 * 1024 * 1024;

interface Stored {
  readonly headers: IncomingMessage['headers'];
  /** By part number; 0 for an object that came in one PUT. */
  readonly parts: Map<number, { size: number; etag: string }>;
  whole: boolean;
  checksum?: string;
}

export function createStore(): Store {
  let behaviour: StoreBehaviour = { answerDelay: 0, stuckEvery: 0, stuckFor: 0 };
  let objects = new Map<string, Stored>();
  let counts = emptyCounts();
  let sizes: number[] = [];
  let carriers = new Set<object>();
  let timeline = createTimeline(Date.now());
  let uploads = 0;
  let copies = 0;
  /** Where the last copy out of an object ended, by its key. */
  let copied = new Map<string, number>();

  const objectOf = (key: string, request: IncomingMessage) => {
    const object = objects.get(key) ?? { headers: request.headers, parts: new Map(), whole: false };
    objects.set(key, object);
    return object;
  };

  const put = async (request: IncomingMessage, response: ServerResponse, key: string, query: URLSearchParams) => {
    counts.puts++;
    // What began before `begin` belongs to nobody.
    const mine = counts;
    carriers.add(sessionOf(request));
    let size = 0;
    request.on('data', (bytes: Buffer) => {
      size += bytes.length;
      mine.bytes += bytes.length;
      if (mine === counts) timeline.add(bytes.length, Date.now());
    });
    // Over HTTP/2 a request is closed with its response only.
    await new Promise((resolve) => request.on('end', resolve).on('close', resolve));
    // `complete` is true of a request over HTTP/2 that was cut off, too.
    if (size !== Number(request.headers['content-length']) || mine !== counts) return;
    sizes.push(size);
    const number = Number(query.get('partNumber') ?? 0);
    const etag = `"${(++mine.finished).toString(16).padStart(32, '0')}"`;
    const object = objectOf(key, request);
    object.parts.set(number, { size, etag });
    if (number === 0) object.whole = true;
    const stuck = behaviour.stuckEvery > 0 && mine.finished % behaviour.stuckEvery === 0;
    if (stuck) mine.stuck++;
    await new Promise((resolve) => setTimeout(resolve, stuck ? behaviour.stuckFor : behaviour.answerDelay));
    response.writeHead(200, { ETag: etag }).end();
  };

  /** As long as a PUT takes to be answered: the store reads and writes the bytes itself. */
  const copy = async (request: IncomingMessage, response: ServerResponse, key: string, query: URLSearchParams) => {
    const mine = counts;
    counts.others++;
    request.resume();
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers['x-amz-copy-source-range'])) ?? [];
    const size = Number(last) + 1 - Number(first);
    const source = decodeURIComponent(String(request.headers['x-amz-copy-source'])).replace(/\?.*/, '');
    copied.set(source, Math.max(copied.get(source) ?? 0, Number(last) + 1));
    await new Promise((resolve) => setTimeout(resolve, behaviour.answerDelay));
    if (mine !== counts) return;
    const etag = `"${(++copies).toString(16).padStart(32, 'c')}"`;
    objectOf(key, request).parts.set(Number(query.get('partNumber')), { size, etag });
    xml(response, `<CopyPartResult><ETag>${etag}</ETag></CopyPartResult>`);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://store');
    const key = decodeURIComponent(pathname);
    allow(request, response);
    if (request.method === 'OPTIONS') {
      counts.options++;
      response.writeHead(204).end();
      return;
    }
    if (request.headers['x-amz-copy-source']) return copy(request, response, key, query);
    if (request.method === 'PUT') return put(request, response, key, query);
    counts.others++;
    request.resume();
    await new Promise((resolve) => request.on('end', resolve));
    const object = objects.get(key);
    if (request.method === 'POST' && query.has('uploads')) {
      objectOf(key, request);
      xml(response, `<InitiateMultipartUploadResult><UploadId>${++uploads}</UploadId></InitiateMultipartUploadResult>`);
    } else if (request.method === 'POST' && query.has('uploadId')) {
      const checksum = request.headers['x-amz-checksum-crc64nvme'];
      if (object && typeof checksum === 'string') object.checksum = checksum;
      if (object) object.whole = true;
      // Keys here are of letters, digits, dots and slashes: nothing to escape.
      const [, bucket, ...rest] = pathname.split('/');
      const where = `<Location>http://${request.headers.host ?? request.headers[':authority']}${pathname}</Location><Bucket>${bucket}</Bucket><Key>${rest.join('/')}</Key>`;
      xml(response, `<CompleteMultipartUploadResult>${where}<ETag>"whole"</ETag></CompleteMultipartUploadResult>`);
    } else if (request.method === 'GET' && query.has('uploadId')) {
      xml(response, `<ListPartsResult>${[...(object?.parts ?? [])].map(partElement).join('')}</ListPartsResult>`);
    } else if (request.method === 'HEAD' && object?.whole) {
      for (const [name, value] of Object.entries(object.headers))
        if (name.startsWith('x-amz-meta-') && value) response.setHeader(name, value);
      if (object.checksum) response.setHeader('x-amz-checksum-crc64nvme', object.checksum);
      const etag = object.parts.get(0)?.etag ?? '"whole"';
      response.writeHead(200, { 'Content-Length': sizeOf(object), ETag: etag }).end();
    } else {
      if (request.method === 'DELETE' && !query.has('uploadId')) {
        if (object && copied.has(key)) counts.padding += sizeOf(object) - (copied.get(key) ?? 0);
        objects.delete(key);
      }
      response.writeHead(request.method === 'DELETE' ? 204 : 404).end();
    }
  };

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    request.on('error', () => {});
    response.on('error', () => {});
    void answer(request, response);
  };
  let made: Certificates | undefined;
  const certificates = () => {
    made ??= makeCertificates();
    return made;
  };
  const serve = (protocol: OwnProtocol): Server => {
    if (protocol === 'http2') {
      const server = createSecureServer({ ...certificates(), settings: { initialWindowSize: WINDOW } });
      server.on('session', (session) => session.setLocalWindowSize(WINDOW));
      // The same interface, as far as it is used here.
      server.on('request', listener as never);
      return server.on('connection', () => counts.connections++);
    }
    const server = protocol === 'https' ? createTlsServer({ ...certificates() }, listener) : createServer(listener);
    // Longer than the longest pause of an upload: the benchmark is not about closed connections.
    server.keepAliveTimeout = 60_000;
    server.requestTimeout = 0;
    return server.on('connection', () => counts.connections++);
  };

  return {
    // As many as a bucket of Amazon's has with acceleration, and over IPv4 or both.
    servers: (protocol) => [serve(protocol), serve(protocol), serve(protocol), serve(protocol)],
    certificates,
    begin(next) {
      behaviour = next;
      objects = new Map();
      copied = new Map();
      counts = emptyCounts();
      sizes = [];
      carriers = new Set();
      timeline = createTimeline(Date.now());
    },
    counts() {
      sizes.sort((a, b) => a - b);
      const all = [...objects.values()];
      return {
        ...counts,
        carriers: carriers.size,
        medianPut: sizes[Math.floor(sizes.length / 2)] ?? 0,
        largestPut: sizes.at(-1) ?? 0,
        objects: all.filter(({ whole }) => whole).length,
        stored: all.reduce((sum, object) => sum + sizeOf(object), 0),
        since: timeline.since,
        timelineStep: timeline.step,
        timeline: timeline.values,
      };
    },
  };
}

/** What stands for its connection. */
const sessionOf = (request: IncomingMessage | Http2ServerRequest): object =>
  ('stream' in request && request.stream.session) || request.socket;

const emptyCounts = () => ({
  options: 0,
  puts: 0,
  finished: 0,
  bytes: 0,
  padding: 0,
  others: 0,
  stuck: 0,
  connections: 0,
});

const sizeOf = ({ parts }: Stored) => [...parts.values()].reduce((sum, { size }) => sum + size, 0);

const partElement = ([number, { size, etag }]: [number, { size: number; etag: string }]) =>
  `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size></Part>`;

function xml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'Content-Type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

/** CORS as a bucket's rules would have it, at their most generous. */
function allow(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Expose-Headers', 'ETag');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('Access-Control-Allow-Methods', 'PUT, POST, GET, HEAD, DELETE');
  response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*');
  response.setHeader('Access-Control-Max-Age', String(PREFLIGHT_MAX_AGE));
}
