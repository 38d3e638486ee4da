/** Who may say for whom a request is: proxies by their address, or every caller (`true`), where only a proxy can call. */
export type TrustProxy = boolean | ((address: string) => boolean);

/** How a call reached this server. */
export interface Asked {
  /** Names that it was asked by, with their port where there is one. */
  readonly hosts: readonly string[];
  /** Names that a header gives, but nobody who is trusted. */
  readonly untrusted: readonly string[];
  /** Whether a trusted proxy has sent it on. */
  readonly trusted: boolean;
  /** Of the one who asks; undefined where nobody says. */
  readonly address: string | undefined;
}

const addresses = new WeakMap<Request, string>();

/**
 * Notes the address that a request came from: web-standard requests have none. `toNodeHandler` does it by itself.
 *
 * @example
 * Deno.serve((request, { remoteAddr }) => uploads(fromAddress(request, remoteAddr.hostname)));
 */
export function fromAddress(request: Request, address: string | undefined): Request {
  if (address !== undefined) addresses.set(request, address);
  return request;
}

/**
 * Reads the names and the address of a call. `X-Forwarded-*` and `Forwarded` can be written by anybody: they count only
 * where they come from a trusted proxy, and where both are there, only as far as they say the same. An address that the app's
 * function throws for, such as one that is none, is not trusted.
 * @param failed Hears what it throws.
 * @see https://www.rfc-editor.org/rfc/rfc7239
 */
export function askedBy(request: Request, trustProxy: TrustProxy, failed?: (error: unknown) => void): Asked {
  const { headers, url } = request;
  const peer = addresses.get(request);
  const trusts = (address: string | undefined) => {
    if (typeof trustProxy === 'boolean') return trustProxy;
    try {
      return address !== undefined && trustProxy(address);
    } catch (error) {
      failed?.(error);
      return false;
    }
  };
  const forwarded = readForwarded(headers);
  const named = [new URL(url).host, headers.get('host')].filter((host) => host !== null).map(lower);
  if (!trusts(peer)) return { hosts: named, untrusted: forwarded.hosts, trusted: false, address: peer };
  // The nearest is the last one; the first that is not a proxy of ours is the one who asks.
  const way = [...forwarded.addresses, ...(peer === undefined ? [] : [peer])];
  const address = way.findLast((each) => !trusts(each)) ?? way[0];
  return { hosts: forwarded.hosts.length > 0 ? forwarded.hosts : named, untrusted: [], trusted: true, address };
}

function readForwarded(headers: Headers): { hosts: string[]; addresses: string[] } {
  const forwarded = [...(headers.get('forwarded') ?? '').matchAll(PAIR)];
  const valuesOf = (name: string) =>
    forwarded.filter(([, each]) => lower(each ?? '') === name).map(([, , quoted, plain]) => quoted ?? plain ?? '');
  const agreed = (one: string[], other: string[]) => {
    if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
    return one.join() === other.join() ? one : [];
  };
  const hosts = agreed(listOf(headers.get('x-forwarded-host')).map(lower), valuesOf('host').map(lower));
  return {
    hosts: hosts.slice(0, 1),
    addresses: agreed(listOf(headers.get('x-forwarded-for')).map(bare), valuesOf('for').map(bare)),
  };
}

/** One `name=value` of a `Forwarded` header. */
const PAIR = /(?:^|[;,])[ \t]*(for|host)=(?:"([^"]*)"|([^\s;,"]*))/gi;

const lower = (text: string) => text.toLowerCase();

const listOf = (header: string | null) =>
  (header ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** An address without its port: `192.0.2.1:80`, `[2001:db8::1]:80`. */
const bare = (address: string) =>
  /^\[([^\]]*)\]/.exec(address)?.[1] ?? (/^[^:]*:\d+$/.test(address) ? (address.split(':')[0] ?? '') : address);
