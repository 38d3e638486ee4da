'use client';
import {
  arriving,
  type RouteAddress,
  type RouteLimits,
  type RouteName,
  toRestrictions,
  type UploadResult,
} from '@portage/uppy';
import { type ReactNode, useMemo, useSyncExternalStore } from 'react';
import type { UploadedFile } from './components/app-calls.tsx';
import { UploadRoot, type UploadRootOptions } from './components/upload-root.tsx';
import { UploaderPanel, type UploaderPanelProps } from './components/uploader.tsx';
import type { OwnUppyByEndpoint } from './state/create-uppy.ts';
import type { SettledFiles } from './state/listen-to-uploads.ts';
import { createStore, type Store } from './state/store.ts';
import { whenLoaded } from './state/when-loaded.ts';

/** Where the upload server is, and what says who asks. */
export type CreateUploaderOptions = Omit<RouteAddress, 'route'>;

/** Props of the typed `UploadProvider`: those of the plain one, but for what the route says. */
export type RouteProviderProps<U, Name extends RouteName<U>> = Omit<UploadRootOptions, 'onUploaded' | 'onSettled'> &
  Pick<OwnUppyByEndpoint, 'headers' | 'credentials' | 'meta' | 'autoStart'> & {
    /** Which of the server's routes to use. */
    readonly route: Name;
    /** Called once for each file that is stored, after it was verified. */
    readonly onUploaded?: ((file: UploadedFile<UploadResult<U, Name>>) => void) | undefined;
    /** Called when nothing is under way, waiting or paused any more, with the files that were stored or failed since the last time. */
    readonly onSettled?: ((files: SettledFiles<UploadResult<U, Name>>) => void) | undefined;
  };

export type RouteUploaderProps<U, Name extends RouteName<U>> = RouteProviderProps<U, Name> & UploaderPanelProps;

/** What {@link createUploader} gives. */
export interface CreatedUploader<U> {
  /** The whole uploader, for one of the server's routes. */
  Uploader<Name extends RouteName<U>>(props: RouteUploaderProps<U, Name>): ReactNode;
  /** Holds the uploads of a route for everything inside: parts and hooks. */
  UploadProvider<Name extends RouteName<U>>(props: RouteProviderProps<U, Name>): ReactNode;
  /** What a route takes, as the server says; undefined until it has. */
  useLimits(route: RouteName<U>): RouteLimits | undefined;
}

/**
 * An uploader that knows the routes of its server by the server's type alone: their names, what they take, and what their
 * `onComplete` returns. What a file may be is asked of the server, once for each route.
 *
 * @example
 * import type { uploads } from '../server/uploads';
 *
 * const { Uploader } = createUploader<typeof uploads>({ endpoint: '/api/uploads' });
 * <Uploader route="photos" onUploaded={({ result }) => show(result.id)} />
 */
// biome-ignore-start lint/correctness/noComponentHookFactories: called once by a module of the app, as `createContext` is.
export function createUploader<U>(options: CreateUploaderOptions): CreatedUploader<U> {
  const known = new Map<string, Store<RouteLimits | undefined>>();

  function limitsOf(route: string): Store<RouteLimits | undefined> {
    const store = known.get(route) ?? askedLimits({ ...options, route });
    known.set(route, store);
    return store;
  }

  function useLimits(route: RouteName<U>): RouteLimits | undefined {
    const { subscribe, get } = limitsOf(route);
    // What a server rendered is taken over as it is, also where an earlier page of the app knows the limits.
    return useSyncExternalStore(subscribe, get, () => undefined);
  }

  function UploadProvider<Name extends RouteName<U>>(props: RouteProviderProps<U, Name>): ReactNode {
    const limits = useLimits(props.route);
    const restrictions = useMemo(() => limits && toRestrictions(limits), [limits]);
    return <UploadRoot {...({ ...options, ...props } as OwnUppyByEndpoint)} restrictions={restrictions} />;
  }

  function Uploader<Name extends RouteName<U>>({
    className,
    dropArea,
    layout,
    children,
    ...root
  }: RouteUploaderProps<U, Name>): ReactNode {
    return (
      <UploadProvider {...(root as unknown as RouteProviderProps<U, Name>)}>
        <UploaderPanel className={className} dropArea={dropArea} layout={layout}>
          {children}
        </UploaderPanel>
      </UploadProvider>
    );
  }

  return { Uploader, UploadProvider, useLimits };
}
// biome-ignore-end lint/correctness/noComponentHookFactories: see above.

/** Asks once somebody wants to know, and again where there was no response. */
function askedLimits(address: RouteAddress): Store<RouteLimits | undefined> {
  const store = createStore<RouteLimits | undefined>(undefined, () => {
    if (store.get()) return () => {};
    return whenLoaded(
      () => arriving(import('./state/route-limits.ts')).then(({ limitsOf }) => limitsOf(address)),
      (limits) => {
        store.set(limits);
        return () => {};
      },
    );
  });
  return store;
}
