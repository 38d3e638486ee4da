/** Asks a Companion server about an address, and gives the file to Uppy, to be fetched and sent by that server. Loaded with the first address. */
import type { Uppy } from '@uppy/core';
import { RequestClient } from '@uppy/core/companion-client';

export { problemWords } from './problem-words.ts';

/** A Companion server, and how it is asked. */
export interface CompanionServer {
  /** Address of the Companion server, such as `https://companion.example.com`. */
  readonly companionUrl: string;
  /** Headers of each request to it. @default none */
  readonly companionHeaders?: Readonly<Record<string, string>> | undefined;
  /** Whether requests to it carry cookies, as in `fetch`. @default 'same-origin' */
  readonly companionCookiesRule?: RequestCredentials | undefined;
}

/** What Companion knows of an address before it fetches it. */
interface Meta {
  readonly name?: string;
  readonly type?: string;
  readonly size?: number | null;
}

/** By this name Uppy finds who fetches a file when it is sent. */
const CLIENT = 'PortageFromUrl';

type Client = RequestClient<Record<string, unknown>, Record<string, unknown>>;

const clients = new WeakMap<Uppy, Map<string, Client>>();

function clientOf(uppy: Uppy, { companionUrl, companionHeaders, companionCookiesRule }: CompanionServer): Client {
  const known = clients.get(uppy) ?? new Map<string, Client>();
  clients.set(uppy, known);
  const client =
    known.get(companionUrl) ??
    new RequestClient<Record<string, unknown>, Record<string, unknown>>(
      uppy as never,
      {
        companionUrl,
        ...(companionCookiesRule && { companionCookiesRule }),
      } as never,
    );
  if (!known.has(companionUrl)) uppy.registerRequestClient(`${CLIENT} ${companionUrl}`, client);
  known.set(companionUrl, client);
  client.setCompanionHeaders({ ...companionHeaders });
  return client;
}

/**
 * Adds the file at an address.
 *
 * @returns whether it is in the list; what the limits refuse is told by Uppy's `restriction-failed`.
 * @throws whatever Uppy's client throws where Companion says no, or says nothing.
 */
export async function addFromUrl(uppy: Uppy, server: CompanionServer, url: string): Promise<boolean> {
  const client = clientOf(uppy, server);
  const { name, type, size } = await client.post<Meta>('url/meta', { url });
  const companionUrl = server.companionUrl.replace(/\/+$/, '');
  const file = {
    name: name || new URL(url).pathname.split('/').at(-1) || new URL(url).hostname,
    source: CLIENT,
    isRemote: true,
    ...(type && { type }),
    data: { size: size ?? null },
    remote: {
      companionUrl: server.companionUrl,
      url: `${companionUrl}/url/get`,
      body: { fileId: url, url },
      requestClientId: `${CLIENT} ${server.companionUrl}`,
    },
  };
  try {
    uppy.addFile(file as unknown as Parameters<Uppy['addFile']>[0]);
    return true;
  } catch (error) {
    if ((error as { isRestriction?: unknown }).isRestriction) return false;
    throw error;
  }
}
