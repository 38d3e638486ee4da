/** A real gateway, nginx or Caddy from the system's packages, before a server or a store of a test. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemPackage } from './system-package.ts';

export interface Gateway {
  /** Its address, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** What came of a request, as the gateway's own log has it. */
export interface Logged {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** In bytes, with its head. */
  readonly length: number;
}

export interface Nginx extends Gateway {
  /** Every request that is over, those too that nginx answered by itself. */
  requests(): Promise<Logged[]>;
}

/**
 * nginx with what stands inside of `server { … }`. Undefined where it cannot be had.
 * @param inServer - `listen` is added.
 * @param tls - What is added to `listen` for https, such as `ssl http2`; with a certificate that nobody has signed. Needs
 * `openssl`.
 * @param inHttp - What stands beside `server`.
 */
export async function startNginx(inServer: string, tls?: string, inHttp = ''): Promise<Nginx | undefined> {
  const root = await systemPackage('nginx');
  if (!root) return undefined;
  let log = '';
  const nginx = await start(async (folder, port) => {
    log = join(folder, 'access.log');
    await mkdir(join(folder, 'tmp'));
    if (tls) await promisify(execFile)('openssl', CERTIFICATE, { cwd: folder });
    const certificate = tls ? `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;` : '';
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${folder}/tmp/${kind};`,
    );
    const config = `
      ${process.getuid?.() === 0 ? 'user root;' : ''}
      daemon off;
      worker_processes 1;
      pid ${folder}/nginx.pid;
      error_log ${folder}/error.log;
      events {}
      http {
        log_format logged '$request_method $request_uri $status $request_length';
        access_log ${log} logged;
        ${paths.join('\n')}
        ${inHttp}
        server {
          listen 127.0.0.1:${port} ${tls ?? ''};
          ${certificate}
          ${inServer}
        }
      }`;
    await writeFile(join(folder, 'nginx.conf'), config);
    return spawn(`${root}/usr/sbin/nginx`, ['-e', `${folder}/error.log`, '-c', `${folder}/nginx.conf`, '-p', folder]);
  });
  return {
    ...nginx,
    ...(tls && { url: nginx.url.replace('http:', 'https:') }),
    async requests() {
      const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
      return lines.map((line) => {
        const [method = '', path = '', status, length] = line.split(' ');
        return { method, path, status: Number(status), length: Number(length) };
      });
    },
  };
}

const CERTIFICATE = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem'.split(
  ' ',
);

/**
 * Caddy with a site of these directives. Undefined where it cannot be had.
 * @param isTls - Over https, with a certificate that nobody has signed: then it speaks HTTP/2. Needs `openssl`.
 */
export async function startCaddy(inSite: string, isTls = false): Promise<Gateway | undefined> {
  const root = await systemPackage('caddy');
  if (!root) return undefined;
  const scheme = isTls ? 'https' : 'http';
  const caddy = await start(async (folder, port) => {
    if (isTls) await promisify(execFile)('openssl', CERTIFICATE, { cwd: folder });
    const config = `{
      admin off
      auto_https off
      storage file_system ${folder}
    }
    ${scheme}://127.0.0.1:${port} {
      bind 127.0.0.1
      ${isTls ? `tls ${folder}/cert.pem ${folder}/key.pem` : ''}
      ${inSite}
    }`;
    await writeFile(join(folder, 'Caddyfile'), config);
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    return spawn(`${root}/usr/bin/caddy`, ['run', '--config', `${folder}/Caddyfile`, '--adapter', 'caddyfile'], {
      env,
    });
  });
  return { ...caddy, url: caddy.url.replace('http:', `${scheme}:`) };
}

async function start(launch: (folder: string, port: number) => Promise<ChildProcess>): Promise<Gateway> {
  const folder = await mkdtemp(join(tmpdir(), 'portage-gateway-'));
  const port = await freePort();
  const gateway = await launch(folder, port);
  let said = '';
  gateway.stderr?.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  const ended = new Promise<void>((resolve) => gateway.once('exit', () => resolve()));
  const isOver = () => gateway.exitCode !== null || gateway.signalCode !== null;
  while (!(await listens(port))) {
    if (isOver()) throw new Error(`The gateway does not start: ${said}`);
    await delay(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      gateway.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Neither takes a port from the system by itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
