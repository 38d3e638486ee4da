import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server; resolves with its port. Port 0 is any free one. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Stops a server at once, whatever its clients still have open. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Runs `start` with the port that was asked for or, where that is taken, with any free one. */
export async function orFreePort<T>(
  port: number,
  name: string,
  start: (port: number) => Promise<T>,
  log: (line: string) => void,
): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (port === 0 || !isTaken(error)) throw error;
    log(`${name}: port ${port} is taken; using a free one.`);
    return start(0);
  }
}

/** Node's own code, and the store's. */
const isTaken = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'port-taken');
