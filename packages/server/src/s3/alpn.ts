import type * as Tls from 'node:tls';

/** How long a store may take, in milliseconds. What it speaks is not known then. */
const PATIENCE = 5_000;

/**
 * Whether the store speaks HTTP/2 to browsers, by all of its names: what its TLS offers. It is looked at once, when it is first
 * asked for, and nobody waits for it. Where no connection can be made, or the runtime has no `node:tls`, it stays unknown.
 * @see https://www.rfc-editor.org/rfc/rfc7301
 */
export function createAlpnLook(addresses: readonly string[]): () => boolean | undefined {
  let http2: boolean | undefined;
  let looked = false;
  return () => {
    if (looked) return http2;
    looked = true;
    void offersHttp2(addresses).then((offered) => {
      http2 = offered;
    });
    return http2;
  };
}

/** The same look, to wait for. Undefined where it cannot be known. */
export async function offersHttp2(addresses: readonly string[]): Promise<boolean | undefined> {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const tls = process?.getBuiltinModule?.('node:tls') as typeof Tls | undefined;
  const urls = addresses.map((address) => new URL(address));
  // Browsers speak HTTP/2 over TLS alone.
  if (!tls || urls.some(({ protocol }) => protocol !== 'https:')) return undefined;
  const all = await Promise.all(urls.map((url) => look(tls, url).catch(() => undefined)));
  return all.includes(undefined) ? undefined : all.every(Boolean);
}

/**
 * Undefined where no connection was made. Rejects where the runtime knows no such look: workerd throws at `ALPNProtocols`.
 * @see https://github.com/cloudflare/workerd/blob/main/src/node/internal/internal_tls_wrap.ts
 */
function look({ connect }: typeof Tls, { hostname, port }: URL): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    // IPv6 addresses stand in brackets in a URL. An address is no name to ask a certificate for.
    const host = hostname.replace(/^\[|\]$/g, '');
    const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    const ALPNProtocols = ['h2', 'http/1.1'];
    const socket = connect({ host, port: Number(port || 443), ALPNProtocols, timeout: PATIENCE, ...servername });
    // Nothing is kept alive for it.
    socket.unref();
    const end = (http2: boolean | undefined) => () => {
      socket.destroy();
      resolve(http2);
    };
    socket.once('secureConnect', () => end(socket.alpnProtocol === 'h2')());
    socket.once('error', end(undefined)).once('timeout', end(undefined)).once('close', end(undefined));
  });
}
