/** Another name of the store: an address of its own, as a browser sees it, that leads to the same. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Backend } from '@portage/mock-backend';

export interface AnotherName {
  readonly endpoint: string;
  /** Requests for parts or small files that came by it. */
  readonly puts: number;
  /** Of each connection, towards the store. @default as fast as it goes */
  bytesPerSecond: number | undefined;
  /** Ends every connection and refuses new ones. */
  down(): Promise<void>;
}

export async function nameStoreAgain(backend: Backend): Promise<AnotherName> {
  const { hostname, port } = new URL(backend.s3Endpoint);
  const sockets = new Set<Socket>();
  let puts = 0;
  const server = createServer((client) => {
    const store = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, store],
      [store, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    store.pipe(client);
    client.on('data', (bytes) => {
      // On a connection that is kept, a request begins after the response before it, so with bytes of its own.
      if (bytes.toString('latin1', 0, 4) === 'PUT ') puts += 1;
      store.write(bytes);
      if (name.bytesPerSecond === undefined) return;
      client.pause();
      setTimeout(() => client.resume(), (bytes.length / name.bytesPerSecond) * 1_000);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const name: AnotherName = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get puts() {
      return puts;
    },
    bytesPerSecond: undefined,
    async down() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return name;
}
