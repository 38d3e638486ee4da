/**
 * Local Network Access: a page on a public address reaches a store on a private one, or on this machine, only once the person
 * has allowed it. While the browser asks, requests are held and look like dead ones; afterwards, refused ones look like a
 * network that is gone.
 * @see https://wicg.github.io/local-network-access/
 */
import { setAsked } from './asks.ts';

/** The narrow names; that of both together stays at `prompt` whatever the person says (Chromium 156). */
const NAMES = ['local-network', 'loopback-network'] as const;
/** How long a question may take that the browser answers by itself, in milliseconds. */
const TIMEOUT = 3_000;
/** How long its answer holds for other requests, in milliseconds. */
const KEPT = 1_000;

/** A request that may be held. */
export interface Held {
  /** Its end, whatever came of it. */
  readonly ended: AbortSignal;
  /** The person has decided. */
  onDecided(): void;
}

const held = new Set<Held>();

/** To be called for a request that shows no sign of life. True where the browser asks the person about it. */
export async function noticePrompt(url: string, request: Held): Promise<boolean> {
  const asking = (await states()).filter(({ state }) => state === 'prompt');
  if (asking.length === 0 || !(await isMorePrivate(url)) || request.ended.aborted) return false;
  const settle = () => {
    held.delete(request);
    setAsked('page', held.size > 0);
  };
  held.add(request);
  setAsked('page', true);
  request.ended.addEventListener('abort', settle);
  for (const status of asking) {
    const changed = () => {
      settle();
      request.onDecided();
    };
    status.addEventListener('change', changed, { once: true, signal: request.ended });
  }
  return true;
}

/**
 * Whether the person has not allowed what a failed request needed. `perhaps`: they did not, and the store may be gone, too.
 * @param wasHeld - whether the browser asked about it.
 */
export async function isDenied(url: string, wasHeld: boolean): Promise<boolean | 'perhaps'> {
  const space = URL.canParse(url) ? spaceOf(new URL(url).hostname) : undefined;
  const all = (await states()).filter(({ name }) => !space || name === space);
  if (wasHeld) return all.length > 0 && !all.some(({ state }) => state === 'granted');
  if (!all.some(({ state }) => state === 'denied') || !(await isMorePrivate(url))) return false;
  return space ? true : 'perhaps';
}

async function states(): Promise<PermissionStatus[]> {
  if (!globalThis.Request || !('targetAddressSpace' in Request.prototype) || !navigator.permissions) return [];
  const query = (name: string) => navigator.permissions.query({ name: name as PermissionName });
  return Promise.all(NAMES.map(query)).catch(() => []);
}

/** Asked by now, by origin: once for all requests that are held together. */
const asked = new Map<string, Promise<boolean>>();

/** Whether the address is on the local network or on this machine, and this page is not. False where that is not known. */
function isMorePrivate(url: string): Promise<boolean> {
  const origin = originOf(url);
  const answer =
    asked.get(origin) ??
    askWithoutOrigin(origin)
      .catch(() => false)
      .finally(() => setTimeout(() => asked.delete(origin), KEPT));
  asked.set(origin, answer);
  return answer;
}

/**
 * The browser ends a request that is to go to a public address, and goes to another, before anything is sent or asked. But
 * Chromium (156) lets one to the own origin pass, so that each page would look public: a worker of a data URL, which has no
 * origin, asks for both. Where it takes long, or the page's policies forbid such a worker, the answer is no.
 */
async function askWithoutOrigin(origin: string): Promise<boolean> {
  // 1: not public. Short, since it is not made smaller by a build.
  const code =
    'p=u=>fetch(u,{method:"HEAD",mode:"no-cors",cache:"no-store",targetAddressSpace:"public"}).then(()=>0,()=>1);' +
    `p("${origin}").then(i=>i&&p("${location.origin}").then(i=>1-i)).then(postMessage);setTimeout(postMessage,${TIMEOUT},0)`;
  const worker = new Worker(`data:text/javascript,${code}`);
  const told = await new Promise<Event>((resolve) => {
    worker.onmessage = worker.onerror = resolve;
  });
  worker.terminate();
  return (told as MessageEvent).data === 1;
}

/** The name of the permission for a host that says where it is. */
function spaceOf(host: string): (typeof NAMES)[number] | undefined {
  if (/^(127\.|\[::1\]$|(.+\.)?localhost$)/.test(host)) return 'loopback-network';
  const isLocal = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$|^\[f(c|d|e[89ab])|\.local$/.test(
    host,
  );
  return isLocal ? 'local-network' : undefined;
}

/** The origin of an address, which may be relative to the page; what is no address stays what it is. */
export function originOf(url: string): string {
  try {
    return new URL(url, globalThis.location?.href).origin;
  } catch {
    return url;
  }
}
