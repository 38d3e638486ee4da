'use client';
import type { UploadSnapshot } from '@portage/uppy';
import { type QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import type { FileInfo } from '../state/file-info.ts';
import { storedFilesKey } from './keys.ts';

/** Options of {@link useStoredFiles}. */
export interface StoredFilesOptions<T> {
  /** Fetches the list of what is stored, from the app's own server. */
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<readonly T[]>;
  /** The key of a stored file, as the server answers it on completion. */
  readonly keyOf: (file: T) => string;
  /** Which of the server's routes the list is of. @default 'files' */
  readonly route?: string;
  /** The app's own client. @default that of the context */
  readonly client?: QueryClient;
}

/** A stored file, or one that is on its way. */
export type StoredRow<T> =
  | { readonly state: 'stored'; readonly key: string; readonly file: T }
  | {
      readonly state: 'uploading';
      readonly key: string;
      readonly info: FileInfo;
      readonly status: UploadSnapshot['status'];
    };

/** What {@link useStoredFiles} gives: TanStack's result, and rows. */
export type UseStoredFiles<T> = UseQueryResult<readonly T[], Error> & {
  /** Those on their way first, then what is stored, as the server orders it. */
  readonly rows: ReadonlyArray<StoredRow<T>>;
};

/**
 * What is stored, with the uploads under way as optimistic rows. Fetches again when a file is stored; its row stays
 * until the server's list has it, so that nothing blinks.
 */
export function useStoredFiles<T>(options: StoredFilesOptions<T>): UseStoredFiles<T> {
  const { route = 'files', queryFn, keyOf, client } = options;
  const queryKey = useMemo(() => storedFilesKey(route), [route]);
  const queryClient = useQueryClient(client);
  const query = useQuery({ queryKey, queryFn: ({ signal }) => queryFn({ signal }) }, client);
  const refetch = useMemo(() => gathered(() => queryClient.invalidateQueries({ queryKey })), [queryClient, queryKey]);
  const underWay = useUnderWay(refetch);
  const { data } = query;
  const rows = useMemo(() => {
    const stored = (data ?? []).map((file): StoredRow<T> => ({ state: 'stored', key: keyOf(file), file }));
    const keys = new Set(stored.map(({ key }) => key));
    const ahead = underWay.flatMap(({ info, status, key }): StoredRow<T>[] =>
      key !== undefined && keys.has(key) ? [] : [{ state: 'uploading', key: info.id, info, status }],
    );
    return [...ahead, ...stored];
  }, [data, underWay, keyOf]);
  return useMemo(() => ({ ...query, rows }), [query, rows]);
}

/** Files that are stored within so many milliseconds are one reason to fetch. */
const GATHERED_FOR = 300;

/** Does `work` once for many that ask, never beside itself, and again for those who asked while it was done. */
function gathered(work: () => Promise<void>): () => void {
  let isPending = false;
  let isWanted = false;
  const ask = (): void => {
    isWanted = true;
    if (isPending) return;
    isPending = true;
    setTimeout(async () => {
      isWanted = false;
      await work();
      isPending = false;
      if (isWanted) ask();
    }, GATHERED_FOR);
  };
  return ask;
}

interface UnderWay {
  readonly info: FileInfo;
  readonly status: UploadSnapshot['status'];
  /** The server's key, once it is stored. */
  readonly key: string | undefined;
}

/** The files on their way, and those that were stored by now; renders again when a state changes, not with each byte. */
function useUnderWay(onStored: () => void): readonly UnderWay[] {
  const { uppy, uploads, queue, fileIds } = useUploadContext();
  const ids = useStore(fileIds);
  const keys = useRef(new Map<string, string>());
  const latest = useRef(onStored);
  useEffect(() => {
    latest.current = onStored;
  });
  useEffect(() => {
    const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, { body }) => {
      const key: unknown = body?.['key'];
      if (file && typeof key === 'string') keys.current.set(file.id, key);
      latest.current();
    };
    uppy.on('upload-success', onSuccess);
    return () => {
      uppy.off('upload-success', onSuccess);
    };
  }, [uppy]);
  const statuses = useSyncExternalStore(
    uploads.subscribeTotals,
    () => ids.map((id) => uploads.get(id)?.status ?? 'queued').join(),
    () => '',
  );
  return useMemo(() => {
    const known = statuses.split(',');
    return ids.flatMap((id, index): UnderWay[] => {
      const info = queue.info(id);
      const status = known[index] as UploadSnapshot['status'] | undefined;
      if (!info || !status || status === 'failed' || status === 'canceled') return [];
      const key = keys.current.get(id);
      // Stored before this list was there: the server's list has it.
      return status === 'complete' && key === undefined ? [] : [{ info, status, key }];
    });
  }, [ids, statuses, queue]);
}
