/** The store and the page's origin, in this process or, so that they take nothing from the one that measures, in another. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Server, Socket } from 'node:net';
import type { StoreOrigins } from './api.ts';
import { type Http3, startHttp3 } from './http3.ts';
import { createSite } from './site.ts';
import { createStore, type OwnProtocol, type StoreBehaviour, type StoreCounts, type StoreProtocol } from './store.ts';

export type Counts = StoreCounts & {
  /** Calls to the page's origin, by path below `/api`. */
  readonly calls: Readonly<Record<string, number>>;
};

/** Where the servers listen. */
export interface Ports {
  /** By each name; of the protocols that were asked for. */
  readonly stores: { readonly http: readonly [number, ...number[]] } & {
    readonly [protocol in StoreProtocol]?: readonly [number, ...number[]];
  };
  readonly site: number;
  /** Of the key of its certificates, where it speaks TLS. */
  readonly fingerprint?: string | undefined;
}

export interface Servers {
  /**
   * @param folder - the built page.
   * @param protocols - What the store is to speak beside plain HTTP/1.1: all need `openssl`, HTTP/3 needs `caddy`.
   */
  start(options: { host: string; folder: string; protocols?: readonly StoreProtocol[] }): Promise<Ports>;
  storeIs(origins: StoreOrigins): Promise<void>;
  /** Forgets what was counted. */
  begin(behaviour: StoreBehaviour): Promise<void>;
  counts(): Promise<Counts>;
  /** Seconds of CPU that their process has spent, and its memory in bytes. */
  usage(): Promise<{ cpu: number; memory: number }>;
  stop(): Promise<void>;
}

export function createServers(): Servers {
  const store = createStore();
  const open: Server[] = [];
  const sockets = new Set<Socket>();
  let site: ReturnType<typeof createSite> | undefined;
  let http3: Http3 | undefined;
  return {
    async start({ host, folder, protocols = [] }) {
      site = createSite(folder);
      const listening = (server: Server) => {
        open.push(server);
        server.on('connection', (socket) => {
          sockets.add(socket);
          socket.on('close', () => sockets.delete(socket));
        });
        return listen(server, host);
      };
      const speaking = async (protocol: OwnProtocol) => {
        const [first, ...others] = store.servers(protocol);
        return [await listening(first), ...(await Promise.all(others.map(listening)))] as const;
      };
      const http = await speaking('http');
      if (protocols.includes('http3')) http3 = await startHttp3(host, http[0], store.certificates());
      return {
        stores: {
          http,
          ...(protocols.includes('https') && { https: await speaking('https') }),
          ...(protocols.includes('http2') && { http2: await speaking('http2') }),
          ...(http3 && { http3: [http3.port] as const }),
        },
        site: await listening(site.server),
        ...(protocols.some((protocol) => protocol !== 'http') && { fingerprint: store.certificates().fingerprint }),
      };
    },
    async storeIs(origins) {
      site?.storeIs(origins);
    },
    async begin(behaviour) {
      store.begin(behaviour);
      site?.begin();
    },
    async counts() {
      return { ...store.counts(), calls: site?.calls() ?? {} };
    },
    async usage() {
      const { user, system } = process.cpuUsage();
      return { cpu: (user + system) / 1e6, memory: process.memoryUsage.rss() };
    },
    async stop() {
      await http3?.stop();
      for (const server of open) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A call from the other process, and its response. */
export interface Message {
  readonly id: number;
  readonly name: keyof Servers;
  readonly args: unknown[];
}
export type Reply = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** The same in a process of its own. @param prefix - words before the command, such as `ip netns exec NAME`. */
export function spawnServers(prefix: readonly string[]): Servers {
  const [command = '', ...args] = [...prefix, process.execPath, `${import.meta.dirname}/main.js`];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const call = createCaller(child);
  return {
    start: (options) => call('start', options) as ReturnType<Servers['start']>,
    storeIs: (origins) => call('storeIs', origins) as Promise<void>,
    begin: (behaviour) => call('begin', behaviour) as Promise<void>,
    counts: () => call('counts') as Promise<Counts>,
    usage: () => call('usage') as ReturnType<Servers['usage']>,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

function createCaller(child: ChildProcess) {
  let last = 0;
  const waiting = new Map<number, (reply: Reply) => void>();
  const fail = (error: string) => {
    for (const [id, settle] of waiting) settle({ id, error });
    waiting.clear();
  };
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code) => fail(`The servers' process has ended with code ${code}.`));
  return (name: Message['name'], ...args: unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
      child.send({ id, name, args } satisfies Message);
    });
}

async function listen(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has an address.');
  return address.port;
}
