/** HTTP/3 for a store that does not speak it: Caddy before it, from the system's packages. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface Http3 {
  /** Of UDP and of TCP. */
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * @param upstream - Port of the store, which speaks plain HTTP/1.1.
 * @throws Error where there is no `caddy`.
 */
export async function startHttp3(
  host: string,
  upstream: number,
  { key, cert }: { readonly key: string; readonly cert: Buffer },
): Promise<Http3> {
  const folder = await mkdtemp(join(tmpdir(), 'portage-bench-caddy-'));
  const port = await freePort(host);
  await writeFile(join(folder, 'key.pem'), key, { mode: 0o600 });
  await writeFile(join(folder, 'cert.pem'), cert);
  await writeFile(
    join(folder, 'Caddyfile'),
    `{
      admin off
      auto_https off
      default_sni store.test
      storage file_system ${folder}
    }
    https://${host}:${port} {
      bind ${host}
      tls ${folder}/cert.pem ${folder}/key.pem
      reverse_proxy ${host}:${upstream}
    }`,
  );
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const args = ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'];
  const caddy = spawn('caddy', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  caddy.stderr.on('data', (bytes) => {
    said += bytes;
  });
  const ended = new Promise<Error>((resolve) => {
    caddy.once('error', (cause) => resolve(new Error('Rows of HTTP/3 need caddy: apt-get install caddy', { cause })));
    caddy.once('exit', () => resolve(new Error(`Caddy has ended: ${said}`)));
  });
  const over = new AbortController();
  const error = await Promise.race([listens(host, port, over.signal), ended]);
  over.abort();
  if (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    port,
    async stop() {
      caddy.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(host: string): Promise<number> {
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Resolves once the port takes connections, or with the signal. */
async function listens(host: string, port: number, signal: AbortSignal): Promise<undefined> {
  while (!signal.aborted) {
    const socket = connect(port, host);
    const isOpen = await new Promise((resolve) =>
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false)),
    );
    socket.destroy();
    if (isOpen) return;
    await delay(50);
  }
}
