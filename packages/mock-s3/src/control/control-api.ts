import type { IncomingMessage } from 'node:http';
import type { FaultControl } from '../faults/fault-control.ts';
import { InvalidFaults } from '../faults/faults.ts';
import { PROFILES } from '../faults/profiles/network-profiles.ts';
import { type Exchange, isComplete } from '../http/exchange.ts';
import { hostName, isOfThisNetwork } from '../http/host.ts';
import type { Journal } from '../journal/journal.ts';
import { readJson } from './read-json.ts';

/** Where the control API is: no bucket may have an underscore in its name, so no object can be here. */
export const CONTROL_PATH = '/_mock-s3/';

/** What the control API steers. */
export interface Controlled {
  readonly faults: FaultControl;
  readonly journal: Journal;
  /** Resets connections; see `MockS3.cut`. */
  readonly cut: () => number;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

type Handler = (controlled: Controlled, incoming: IncomingMessage) => Promise<Answer>;

const ROUTES: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  faults: {
    GET: async ({ faults }) => ok(faults.schedule),
    PUT: async ({ faults }, incoming) => {
      faults.set((await readJson(incoming)) as Parameters<typeof faults.set>[0]);
      return ok(faults.schedule);
    },
    DELETE: async ({ faults }) => {
      faults.clear();
      return { status: 204 };
    },
  },
  'faults/rules': {
    POST: async ({ faults }, incoming) => {
      faults.add((await readJson(incoming)) as Parameters<typeof faults.add>[0]);
      return ok(faults.schedule);
    },
  },
  connections: { DELETE: async ({ cut }) => ok({ cut: cut() }) },
  transcript: { GET: async ({ journal }) => ok({ requests: journal.transcript() }) },
  profiles: { GET: async () => ok(PROFILES) },
  journal: {
    GET: async ({ journal }) => ok({ requests: journal.requests() }),
    DELETE: async ({ journal }) => {
      journal.clear();
      return { status: 204 };
    },
  },
  counters: {
    GET: async ({ journal }) =>
      ok({
        bytesReceived: journal.bytesReceived(),
        resentBytes: journal.resentBytes(),
        inFlight: journal.inFlight(),
        maxInFlight: journal.maxInFlight(),
        transfers: journal.transfers(),
      }),
  },
};

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Whether a request is for the control API. In virtual-host style, the same path is a key. */
export function isControl({ url, headers }: IncomingMessage, domains: readonly string[]): boolean {
  const host = hostName(headers.host ?? '');
  const isBucketHost = !domains.includes(host) && domains.some((domain) => host.endsWith(`.${domain}`));
  return url?.startsWith(CONTROL_PATH) === true && !isBucketHost;
}

/**
 * Answers one request to the control API, in JSON. Pages can not use it, since every page in the same browser could send
 * one: it gives no CORS leave, and takes no request that a browser says a page has made, nor one by a name that a page's
 * owner may have had point here.
 * @param domains - Names of the store's own, beside those of this network.
 */
export async function serveControl(
  controlled: Controlled,
  domains: readonly string[],
  exchange: Exchange,
): Promise<void> {
  const { incoming, outgoing, stream } = exchange;
  const { status, body } = await handle(controlled, domains, incoming);
  const text = body === undefined ? '' : `${JSON.stringify(body, undefined, 2)}\n`;
  outgoing.writeHead(status, {
    ...(text !== '' && { 'content-type': 'application/json' }),
    ...(status !== 204 && { 'content-length': Buffer.byteLength(text) }),
    ...(!stream && !isComplete(exchange) && { connection: 'close' }),
  });
  outgoing.end(text);
}

async function handle(controlled: Controlled, domains: readonly string[], incoming: IncomingMessage): Promise<Answer> {
  const { origin, host = '', 'sec-fetch-site': site = 'none' } = incoming.headers;
  if (origin !== undefined || site !== 'none') return { status: 403, body: { error: 'Pages may not use this.' } };
  const name = hostName(host);
  if (!isOfThisNetwork(name) && !domains.includes(name))
    return { status: 403, body: { error: `The store does not know itself as ${name}: name it in \`domains\`.` } };
  return handleOwn(controlled, incoming);
}

async function handleOwn(controlled: Controlled, incoming: IncomingMessage): Promise<Answer> {
  const name = (incoming.url ?? '').slice(CONTROL_PATH.length).replace(/\?.*$/s, '');
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (route === undefined)
    return { status: 404, body: { error: 'There is no such thing.', have: Object.keys(ROUTES) } };
  const handler = route[incoming.method ?? ''];
  if (handler === undefined) return { status: 405, body: { error: `Only ${Object.keys(route).join(', ')}.` } };
  try {
    return await handler(controlled, incoming);
  } catch (error) {
    if (!(error instanceof InvalidFaults)) throw error;
    return { status: 400, body: { error: error.message } };
  }
}
