'use client';
import { type QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { uploadKeys } from '../query/keys.ts';
import { fetchStatus, type StatusAddress, statusEvents } from './status-events.ts';

/** What every status has. `StatusOf` of `@portage/processing` has the results of the steps, too. */
export interface ProcessingProgress {
  /** With `done` and `failed` it is over. */
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  /** Steps that have a result, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** Options of {@link useProcessing}. */
export interface UseProcessingOptions {
  /** Address of the upload server. @default '/api/uploads' */
  readonly endpoint?: string;
  /** The route that the file went through. @default 'files' */
  readonly route?: string;
  /** Sent with every call, to say who is asking. @default none */
  readonly headers?: HeadersInit;
  /** Whether cookies go to a server of another origin. @default 'same-origin' */
  readonly credentials?: RequestCredentials;
  /** Time between two questions where the server sends no events, in milliseconds. @default 2000 */
  readonly interval?: number;
  /** The app's own client. @default that of the context */
  readonly client?: QueryClient;
}

/**
 * How far the processing of a stored file is, and its results: by server-sent events, or by asking again where there are none.
 * @param token The `processing` of the upload's answer; the same on another device, or after a reload. `undefined` asks nothing.
 * @example const { data } = useProcessing<StatusOf<typeof processing, 'photos'>>(token, { route: 'photos' });
 */
export function useProcessing<S extends ProcessingProgress = ProcessingProgress>(
  token: string | undefined,
  options: UseProcessingOptions = {},
): UseQueryResult<S, Error> {
  const { endpoint = '/api/uploads', route = 'files', headers, credentials, interval = 2000, client } = options;
  const [hasEvents, setHasEvents] = useState(false);
  const queryClient = useQueryClient(client);
  const query = `token=${encodeURIComponent(token ?? '')}`;
  const url = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(route)}/status?${query}`;
  const result = useQuery<S>(
    {
      queryKey: [...uploadKeys.processing, token],
      queryFn: ({ signal }) => fetchStatus({ url, headers, credentials }, signal) as Promise<S>,
      enabled: token !== undefined,
      refetchInterval: ({ state: { data } }) => (hasEvents || (data && isOver(data)) ? false : interval),
    },
    client,
  );
  const isFollowed = result.data !== undefined && !isOver(result.data);
  // Given anew with each render, most often with the same in it.
  const given = JSON.stringify([...new Headers(headers)]);
  useEffect(() => {
    if (!isFollowed || token === undefined) return;
    const left = new AbortController();
    const address: StatusAddress = { url, headers: JSON.parse(given), credentials };
    follow(address, left.signal, setHasEvents, (status) =>
      queryClient.setQueryData([...uploadKeys.processing, token], status),
    );
    return () => left.abort();
  }, [isFollowed, token, url, given, credentials, queryClient]);
  return result;
}

const isOver = ({ state }: ProcessingProgress) => state === 'done' || state === 'failed';

/** Time from the end of one stream to the next one, in milliseconds. */
const AGAIN = 1000;

async function follow(
  address: StatusAddress,
  signal: AbortSignal,
  setHasEvents: (has: boolean) => void,
  onStatus: (status: ProcessingProgress) => void,
): Promise<void> {
  try {
    // A server ends its stream after some minutes, and where it starts anew.
    for (;;) {
      for await (const status of statusEvents(address, signal)) {
        setHasEvents(true);
        onStatus(status as ProcessingProgress);
        if (isOver(status as ProcessingProgress)) return;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  } catch {
    // Asking again does it then.
    if (!signal.aborted) setHasEvents(false);
  }
}
