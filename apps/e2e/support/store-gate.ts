/** Stands before a store and does to its requests what gateways and links do that hide it from the page. */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of one request. */
export type Passage =
  /** A page of the gateway, without CORS headers, as gateways have them. */
  | { readonly kind: 'page'; readonly status: number }
  /** Its connection is reset after so many bytes of its body. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Its connection is reset at once: the store is away. */
  | { readonly kind: 'away' }
  /** Nobody reads its body before so many milliseconds are over. */
  | { readonly kind: 'unread'; readonly ms: number }
  /** Nobody ever answers. */
  | { readonly kind: 'silence' };

export interface StoreGate {
  /** The store's public address, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param target - The store. Its host is signed, so it hears the gate's. */
export async function startStoreGate(
  target: string,
  passage: (incoming: IncomingMessage) => Passage | undefined,
): Promise<StoreGate> {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers, socket } = incoming;
    const what = passage(incoming);
    if (what?.kind === 'silence') return;
    if (what?.kind === 'away') return void socket.resetAndDestroy();
    if (what?.kind === 'page') {
      incoming.resume();
      outgoing.writeHead(what.status, { 'content-type': 'text/html' }).end(`<h1>${what.status}</h1>`);
      return;
    }
    if (what?.kind === 'reset') {
      let received = 0;
      incoming.on('data', (bytes: Buffer) => {
        received += bytes.length;
        if (received >= what.afterBytes) socket.resetAndDestroy();
      });
      return;
    }
    const onward = request({ hostname, port, method, path: url, headers, setHost: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => socket.destroy());
    outgoing.on('close', () => onward.destroy());
    setTimeout(() => incoming.pipe(onward), what?.ms ?? 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
