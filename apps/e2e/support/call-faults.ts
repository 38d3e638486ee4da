/** Stands before an upload server or a signer and does to its calls what networks, gateways and load balancers do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What goes wrong with one call. */
export type CallFault =
  /** Its connection is reset before anybody has read it. */
  | { readonly kind: 'reset' }
  /** All is done, and the response is lost. */
  | { readonly kind: 'lost-reply' }
  /** All is done, and the connection ends in the midst of the response. */
  | { readonly kind: 'truncated' }
  /** Nobody ever answers. */
  | { readonly kind: 'silence' }
  /** Somebody else answers. */
  | {
      readonly kind: 'answer';
      /** Once all is done. @default false */
      readonly done?: boolean;
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    };

/** A call, once it has been read. */
export interface CallInfo {
  /** `create`, `sign`, `parts`, `complete`, … */
  readonly operation: string;
  /** The file that it is about. */
  readonly name: string;
}

export interface CallGate {
  /** Where it listens: in place of the address that is behind it. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param target - Base address of what is behind it. */
export async function startCallGate(
  target: string,
  faultFor: (call: CallInfo) => CallFault | undefined,
): Promise<CallGate> {
  /** Which file a token is about; a name comes with `create` only. */
  const names = new Map<string, string>();
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { url = '/', method, socket } = incoming;
    if (method === 'OPTIONS') return void outgoing.writeHead(204, OPEN).end();
    const body = await text(incoming);
    const instead = (page: { status: number; headers?: Readonly<Record<string, string>>; body: string }) =>
      void outgoing.writeHead(page.status, { ...OPEN, ...page.headers }).end(page.body);
    const fault = faultFor(describe(url, body));
    switch (fault?.kind) {
      case 'reset':
        return void socket.resetAndDestroy();
      case 'silence':
        return;
      case 'answer':
        if (!fault.done) return instead(fault);
    }
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(target + url, { method: 'POST', headers, body });
    const answered = await response.text();
    learn(body, answered);
    if (fault?.kind === 'answer') return instead(fault);
    if (fault?.kind === 'lost-reply') return void socket.resetAndDestroy();
    outgoing.writeHead(response.status, {
      ...OPEN,
      'content-type': response.headers.get('content-type') ?? 'text/plain',
      'content-length': Buffer.byteLength(answered),
    });
    if (fault?.kind !== 'truncated') return void outgoing.end(answered);
    outgoing.write(answered.slice(0, answered.length / 2), () => socket.destroy());
  }

  function describe(url: string, body: string): CallInfo {
    const operation = new URL(url, target).pathname.split('/').at(-1) ?? '';
    const json = JSON.parse(body || '{}') as { files?: { name: string }[]; token?: string; key?: string };
    const name = json.files?.[0]?.name ?? names.get(json.token ?? '') ?? json.key ?? '';
    return { operation, name };
  }

  function learn(asked: string, answered: string): void {
    if (!asked.startsWith('{"files"') || !answered.startsWith('{"files"')) return;
    const { files } = JSON.parse(asked) as { files: { name: string }[] };
    const created = JSON.parse(answered) as { files: { token?: string }[] };
    created.files.forEach(({ token }, index) => {
      if (token) names.set(token, files[index]?.name ?? '');
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Pages of every origin may read what is answered. */
const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': '*',
  'access-control-max-age': '600',
};
