'use client';
import { type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { uploadKeys } from './keys.ts';

/** Options of {@link useProcessingStatus}. */
export interface ProcessingOptions<T> {
  /** Asks the app's own server how far the processing of the stored file is. */
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<T>;
  /** Whether this response is the last one. */
  readonly isDone: (status: T) => boolean;
  /** Time between two questions, in milliseconds. @default 2000 */
  readonly interval?: number;
  /** The app's own client. @default that of the context */
  readonly client?: QueryClient;
}

/** How far the processing of a stored file is. Asks again until it is done; `undefined` as id asks nothing. */
export function useProcessingStatus<T>(
  id: string | undefined,
  options: ProcessingOptions<T>,
): UseQueryResult<T, Error> {
  const { queryFn, isDone, interval = 2000, client } = options;
  return useQuery(
    {
      queryKey: [...uploadKeys.processing, id],
      queryFn: ({ signal }) => queryFn({ signal }),
      enabled: id !== undefined,
      refetchInterval: ({ state: { data } }) => (data !== undefined && isDone(data) ? false : interval),
    },
    client,
  );
}
