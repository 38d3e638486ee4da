import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** How often a client is looked after, in milliseconds. */
const INTERVAL = 200;

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * Destroys a connection soon after its client has died. Who reads nothing does not hear of it otherwise: the client's
 * kernel goes on offering what was left to send. Linux only, and for clients on this machine.
 * @returns Stops watching.
 */
export function watchPeer(socket: Socket): () => void {
  if (process.platform !== 'linux' || !isLoopback(socket.remoteAddress)) return () => undefined;
  const timer = setInterval(async () => {
    if (await isOrphan(socket)) socket.destroy();
  }, INTERVAL);
  return () => clearInterval(timer);
}

function isLoopback(address = ''): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address);
}

/** Whether no process holds the other end any more. */
async function isOrphan({ remotePort, localPort }: Socket): Promise<boolean> {
  const tables = await Promise.all(TABLES.map((path) => readFile(path, 'utf8').catch(() => '')));
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(1));
  if (rows.length === 0) return false;
  const peer = rows
    .map((row) => row.trim().split(/\s+/))
    .find(([, local, remote]) => portOf(local) === remotePort && portOf(remote) === localPort);
  // https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt: a socket without a process has no inode.
  return peer === undefined || peer[9] === '0';
}

/** Of `0100007F:1F90`. */
function portOf(address = ''): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}
