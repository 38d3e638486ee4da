/** An address of a store of its own, whose connections can be slowed down and cut. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay {
  readonly endpoint: string;
  /** Of each connection, towards the store. @default as fast as it goes */
  bytesPerSecond: number | undefined;
  /** In all, towards the store. */
  readonly bytes: number;
  /** Resets every connection; new ones work. */
  cut(): void;
  close(): Promise<void>;
}

export async function startRelay(endpoint: string): Promise<Relay> {
  const { hostname, port } = new URL(endpoint);
  const clients = new Set<Socket>();
  let bytes = 0;
  const server = createServer((client) => {
    const store = connect(Number(port), hostname);
    clients.add(client);
    client
      .on('error', () => {})
      .on('close', () => {
        clients.delete(client);
        store.destroy();
      });
    store.on('error', () => {}).on('close', () => client.destroy());
    store.pipe(client);
    client.on('data', (data) => {
      bytes += data.length;
      client.pause();
      const goOn = () => client.resume();
      const pause = relay.bytesPerSecond === undefined ? 0 : (data.length / relay.bytesPerSecond) * 1000;
      if (store.write(data) && pause === 0) goOn();
      else if (pause > 0) setTimeout(goOn, pause);
      else store.once('drain', goOn);
    });
    client.on('end', () => store.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const relay: Relay = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytesPerSecond: undefined,
    get bytes() {
      return bytes;
    },
    cut() {
      for (const client of clients) client.resetAndDestroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      relay.cut();
      await closed;
    },
  };
  return relay;
}
