'use client';
import type { Uppy } from '@uppy/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useUploadContext } from '../state/context.ts';
import { findInPlugins } from '../state/find-plugin.ts';
import { type ProcessingWords, processingWords, type UnprocessedCode } from '../text/processing-words.ts';
import { drawnPlaceholder } from './drawn-placeholder.ts';
import { newsOf } from './processing-news.ts';
import type { StatusAddress } from './status-events.ts';
import { isOver, type RowStatus, watchStatus } from './watch-status.ts';

export interface ItemProcessingProps {
  readonly id: string;
  readonly name: string;
  /** What the server answered to ask by. */
  readonly token: string;
  /** What the row says where there is nothing to say of processing. */
  readonly children: ReactNode;
}

/** What is made of a stored file, in the words of its row; loaded where a route has a pipeline. */
export function ItemProcessing({ id, name, token, children }: ItemProcessingProps): ReactNode {
  const { uppy, strings } = useUploadContext();
  const words = useMemo(() => processingWords(strings.locale), [strings.locale]);
  const [status, setStatus] = useState<RowStatus>();
  useEffect(() => {
    const news = newsOf(uppy);
    return watchStatus(
      token,
      () => addressOf(uppy, token),
      (now) => {
        setStatus(now);
        if (isOver(now)) showPicture(uppy, id, now);
        news.tell(token, name, isOver(now) ? (failureOf(now, words) ?? 'done') : 'started', words);
      },
    );
  }, [uppy, token, id, name, words]);
  if (!status) return children;
  if (!isOver(status)) return <span data-processing="running">{words.processing(status.done, status.total)}</span>;
  const failure = failureOf(status, words);
  return failure ? <span data-processing="failed">{failure}</span> : children;
}

/** What a step that failed says to the person. */
function failureOf({ state, steps = {} }: RowStatus, { failed }: ProcessingWords): string | undefined {
  if (state === 'failed') return failed['given-up'];
  const step = Object.values(steps).find((each) => each.state === 'failed');
  if (!step) return undefined;
  return failed[step.code as UnprocessedCode] ?? step.message ?? failed['given-up'];
}

/** The smallest picture that was made of it, in the place of its kind: blurred until it is loaded. */
function showPicture(uppy: Uppy, id: string, { steps = {} }: RowStatus): void {
  const step = Object.values(steps).find(({ files = [] }) => files.some(isPicture));
  const [smallest] = (step?.files ?? []).filter(isPicture).sort((a, b) => (a.width ?? 0) - (b.width ?? 0));
  if (!smallest) return;
  const { placeholder } = step?.result ?? {};
  const blurred = typeof placeholder === 'string' ? drawnPlaceholder(placeholder) : undefined;
  const show = (preview: string | undefined, before: string | undefined): void => {
    const file = uppy.getState().files[id];
    if (file && preview && file.preview === before) uppy.setFileState(id, { preview });
  };
  show(blurred, undefined);
  const picture = new Image();
  picture.onload = () => show(smallest.url, blurred);
  picture.src = smallest.url;
}

const isPicture = ({ type }: { readonly type: string }): boolean => type.startsWith('image/');

interface WithEndpoint {
  readonly opts: {
    readonly endpoint: string;
    readonly route?: string;
    readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
    readonly credentials?: RequestCredentials;
  };
}

const hasEndpoint = (plugin: object): plugin is WithEndpoint =>
  'uploads' in plugin && typeof (plugin as Partial<WithEndpoint>).opts?.endpoint === 'string';

async function addressOf(uppy: Uppy, token: string): Promise<StatusAddress> {
  const options = findInPlugins(uppy, hasEndpoint)?.opts;
  const { endpoint = '/api/uploads', route = 'files', headers, credentials } = options ?? {};
  const query = `token=${encodeURIComponent(token)}`;
  return {
    url: `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(route)}/status?${query}`,
    headers: typeof headers === 'function' ? await headers() : headers,
    credentials,
  };
}
