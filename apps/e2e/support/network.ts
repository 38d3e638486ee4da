/**
 * The network between a page and everything else, for the bad days of a user. A forward proxy, so that a browser of any
 * kind goes through it: the page's server, the upload server and the store are all behind it, under their own addresses.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** Something that somebody between the page and a server does to a request. */
export type Meddling =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string;
    }
  | { readonly kind: 'reset' }
  /** One bit of the request's body arrives as its opposite. */
  | { readonly kind: 'flip' };

export interface Network {
  /** Address of the proxy. */
  readonly address: string;
  /** Looks at each request without TLS, and says what is done to it. */
  meddle(request: { readonly method: string; readonly url: string }): Meddling | undefined;
  /** Not a byte moves, in either direction, and nobody is told; afterwards what was on its way arrives. */
  silence(ms: number): Promise<void>;
  /** Every connection of now is dead, without a word to the page; new ones work. */
  forgetConnections(): void;
  close(): Promise<void>;
}

export async function createNetwork(): Promise<Network> {
  const forwarder = createServer((incoming, outgoing) => forward(network, incoming, outgoing));
  forwarder.on('connect', tunnel);
  const forwarderPort = await listen(forwarder);
  const lines = new Set<Line>();
  let silent = false;

  // A gate of bare bytes before the proxy, since what fails in a network are connections, not requests.
  const gate = createTcpServer((client) => {
    const line: Line = { client, server: connect(forwarderPort, '127.0.0.1') };
    lines.add(line);
    client.on('data', (bytes) => line.server.write(bytes) || client.pause());
    line.server.on('data', (bytes) => client.write(bytes) || line.server.pause());
    client.on('drain', () => !silent && line.server.resume());
    line.server.on('drain', () => !silent && client.resume());
    client.on('error', () => {});
    line.server.on('error', () => client.resetAndDestroy());
    line.server.on('end', () => client.end());
    client.on('close', () => {
      lines.delete(line);
      line.server.destroy();
    });
    if (silent) pause(line);
  });
  const address = `http://127.0.0.1:${await listen(gate)}`;

  const network: Network = {
    address,
    meddle: () => undefined,
    async silence(ms) {
      silent = true;
      for (const line of lines) pause(line);
      await delay(ms);
      silent = false;
      for (const { client, server } of lines) {
        client.resume();
        server.resume();
      }
    },
    forgetConnections() {
      for (const { client, server } of lines) {
        // The far end hears of it; the page's end stays open and takes what fits into the kernel.
        server.removeAllListeners('error').on('error', () => {});
        server.removeAllListeners('end').destroy();
        client.removeAllListeners('data').pause();
      }
    },
    async close() {
      for (const { client } of lines) client.destroy();
      forwarder.closeAllConnections();
      await Promise.all([gate, forwarder].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return network;
}

/** A connection of the page, and what it is joined to. */
interface Line {
  readonly client: Socket;
  readonly server: Socket;
}

function pause({ client, server }: Line): void {
  client.pause();
  server.pause();
}

function forward(network: Network, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method = 'GET', url = '/', headers } = incoming;
  const meddling = network.meddle({ method, url });
  if (meddling?.kind === 'reset') return void incoming.socket.resetAndDestroy();
  if (meddling?.kind === 'answer') {
    incoming.resume();
    outgoing.writeHead(meddling.status, meddling.headers).end(meddling.body);
    return;
  }
  const onward = request(url, { method, headers, setHost: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    answer.on('error', () => incoming.socket.resetAndDestroy());
  });
  onward.on('error', () => incoming.socket.resetAndDestroy());
  outgoing.on('close', () => onward.destroy());
  if (meddling?.kind === 'flip') incoming.once('data', (bytes: Buffer) => (bytes[0] = (bytes[0] ?? 0) ^ 1));
  incoming.pipe(onward);
}

/** What TLS carries is for nobody between to see. */
function tunnel({ url = '' }: IncomingMessage, client: Duplex): void {
  const { hostname, port } = new URL(`http://${url}`);
  const server = connect(Number(port), hostname, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.pipe(client);
    client.pipe(server);
  });
  server.on('error', () => (client as Socket).resetAndDestroy());
  client.on('error', () => server.destroy());
  client.on('close', () => server.destroy());
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
