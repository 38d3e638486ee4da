import { PortageS3, type PortageS3Options } from '@portage/uppy';
import { Uppy, type UppyOptions } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import type { Limits } from './refusal.ts';

/** An Uppy of your own, with the PortageS3 plugin in it. It is never destroyed from here. */
export interface GivenUppy<M extends Meta, B extends Body> {
  readonly uppy: Uppy<M, B>;
  readonly endpoint?: never;
  readonly s3?: never;
}

/**
 * What the provider's own Uppy is made of. Props that change later hold for the files and calls from then on; what cannot
 * change, such as `s3.concurrency`, is told of on the console in development: give the provider another `key` to begin anew.
 */
export interface OwnUppyOptions {
  /** What may be picked: sizes in bytes, types as MIME patterns (`image/*`) or extensions (`.pdf`). @default no limits */
  readonly restrictions?: Limits | undefined;
  /** Whether files start as soon as they are added. @default true */
  readonly autoStart?: boolean | undefined;
  /**
   * Fields that go to the server with each file, for the hooks of its route. One that changes holds for files that are not begun.
   * @default none
   * @example { album: 'summer' }
   */
  readonly meta?: Readonly<Record<string, string>> | undefined;
}

/** The address of the upload server. */
export interface OwnUppyByEndpoint extends OwnUppyOptions {
  readonly uppy?: never;
  readonly s3?: never;
  /** Address of the upload server, such as `/api/uploads`. */
  readonly endpoint: string;
  /** Which of the server's routes to use. @default 'files' */
  readonly route?: string | undefined;
  /**
   * Headers of every call to the upload server, to say who is asking. A function is called for each call, and once more where
   * the server says that the session has ended.
   * @default none
   * @example async () => ({ Authorization: `Bearer ${await freshToken()}` })
   */
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;
  /** Whether cookies go to an upload server of another origin, as `fetch` has it. @default 'same-origin' */
  readonly credentials?: RequestCredentials | undefined;
}

/** Every option of the plugin, for those who sign requests on their own or tune the engine. */
export interface OwnUppyByPlugin<M extends Meta, B extends Body> extends OwnUppyOptions {
  readonly uppy?: never;
  readonly endpoint?: never;
  readonly s3: PortageS3Options<M, B>;
}

/** Where the uploads come from. */
export type UploadSource<M extends Meta = Meta, B extends Body = Body> =
  | GivenUppy<M, B>
  | OwnUppyByEndpoint
  | OwnUppyByPlugin<M, B>;

/** Any of them, for those who only look which props are there. */
export type AnySource = Partial<
  Record<'uppy' | 'endpoint' | 'route' | 'headers' | 'credentials' | 's3', unknown> & OwnUppyOptions
>;

/** The provider's own Uppy, with the plugin in it. */
export function createUppy<M extends Meta, B extends Body>(source: OwnUppySource<M, B>): Uppy<M, B> {
  const { restrictions, autoStart = true, meta } = source;
  const uppy = new Uppy<M, B>({
    autoProceed: autoStart,
    // Uppy takes undefined for its defaults.
    ...({ restrictions, meta } as Partial<UppyOptions<M, B>>),
  });
  return uppy.use(PortageS3<M, B>, pluginOptions(source) as PortageS3Options<M, B>);
}

type OwnUppySource<M extends Meta, B extends Body> = OwnUppyByEndpoint | OwnUppyByPlugin<M, B>;

/** What the plugin is told. */
export function pluginOptions({ s3, endpoint, route, headers, credentials }: AnySource): object {
  return s3 ?? { endpoint, route, headers, credentials };
}
