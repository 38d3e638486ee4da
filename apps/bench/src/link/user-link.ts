/**
 * A link where there are no namespaces: a proxy that reads from each connection no faster than the shape allows, and
 * passes on half a round trip later. Streams and not packets: there is no slow start, and a lost packet is a pause of
 * its connection. Figures over it compare uploaders; they do not tell what a network gives.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import type { Link, LinkShape } from './link.ts';
import { createPacer, type Pacer } from './pacer.ts';

const HOST = '127.0.0.1';

/** What a lost packet costs its connection: the kernel's shortest wait before it sends again, in milliseconds. */
const RECOVERY = 200;
const PACKET = 1448;

interface Wire {
  delay: number;
  loss: number;
  connectionRate: number;
  stalledUntil: number;
  readonly up: Pacer;
  readonly down: Pacer;
}

export function startUserLink({ random = Math.random }: { random?: () => number } = {}): Link {
  const wire: Wire = { delay: 0, loss: 0, connectionRate: 0, stalledUntil: 0, up: createPacer(), down: createPacer() };
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  const join = (client: Socket, port: number) => {
    const server = connect({ port, host: HOST });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
    }
    pipeShaped(client, server, wire, wire.up, random);
    pipeShaped(server, client, wire, wire.down, random);
  };

  return {
    kind: 'user-space',
    description: 'a proxy in user space that paces bytes (no slow start; a lost packet is a pause of 200 ms)',
    serverHost: HOST,
    serverPrefix: [],
    clientPrefix: [],
    async reach(port) {
      const server = createServer((client) => join(client, port));
      servers.push(server);
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve));
      const address = server.address();
      if (address === null || typeof address === 'string') throw new TypeError('A TCP server has an address.');
      return `http://${HOST}:${address.port}`;
    },
    async shape({ rate, roundTrip, connectionRate = 0, loss = 0 }: LinkShape) {
      Object.assign(wire, { delay: roundTrip / 2, loss, connectionRate, stalledUntil: 0 });
      wire.up.setRate(rate);
      wire.down.setRate(rate);
    },
    async setRate(rate) {
      wire.up.setRate(rate);
      wire.down.setRate(rate);
    },
    async stall(milliseconds) {
      wire.stalledUntil = performance.now() + milliseconds;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** One way of one connection. */
function pipeShaped(from: Socket, to: Socket, wire: Wire, common: Pacer, random: () => number): void {
  const own = createPacer();
  const paced = new Transform({
    highWaterMark: 64 * 1024,
    transform(bytes: Buffer, _encoding, callback: TransformCallback) {
      own.setRate(wire.connectionRate);
      const now = performance.now();
      // A chance for each packet, at most one pause for a read.
      const lost = wire.loss > 0 && random() < 1 - (1 - wire.loss) ** Math.ceil(bytes.length / PACKET);
      const free = Math.max(common.pass(bytes.length, now), own.pass(bytes.length, now), wire.stalledUntil);
      setTimeout(callback, free - now + (lost ? RECOVERY : 0), null, bytes);
    },
  });
  // Behind the pacing, so that the delay does not limit the rate.
  const delayed = new Transform({
    // What is under way: never a limit of its own.
    highWaterMark: 64 * 1024 * 1024,
    transform(bytes: Buffer, _encoding, callback: TransformCallback) {
      setTimeout(() => this.push(bytes), wire.delay);
      callback();
    },
    flush(callback) {
      setTimeout(callback, wire.delay + 1);
    },
  });
  from.on('error', () => to.destroy());
  from.on('close', () => {
    if (!from.readableEnded) to.destroy();
  });
  from.pipe(paced).pipe(delayed).pipe(to);
}
