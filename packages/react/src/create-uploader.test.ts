import { createUploads, s3 } from '@portage/server';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type AppCallsProps,
  createUploader,
  type FailedFile,
  type FileInfo,
  type FileToUpload,
  type RouteLimits,
  type UploadError,
  type UploadedFile,
  type UploadTotals,
} from './index.ts';

/** Only its type is used, as in a page. */
const define = () =>
  createUploads({
    storage: s3({ bucket: 'b', credentials: { accessKeyId: 'a', secretAccessKey: 's' } }),
    secret: '',
    routes: {
      photos: { anonymous: true, onComplete: async ({ size }) => ({ id: size, at: new Date() }) },
      notes: { anonymous: true },
    },
  });
type Server = ReturnType<typeof define>;

const made = createUploader<Server>({ endpoint: '/api/uploads' });
type Props<Name extends 'photos' | 'notes'> = Parameters<typeof made.Uploader<Name>>[0];

describe('createUploader', () => {
  it('gives components and hooks', () => {
    expect(Object.keys(made).sort()).toEqual(['UploadProvider', 'Uploader', 'useLimits']);
  });

  it('takes the names of the server’s routes, and no others', () => {
    expectTypeOf<{ route: 'photos' }>().toExtend<Props<'photos'>>();
    expectTypeOf<Parameters<typeof made.useLimits>[0]>().toEqualTypeOf<'photos' | 'notes'>();
    // @ts-expect-error no such route
    (): unknown => made.Uploader({ route: 'nope' });
    // @ts-expect-error a route has to be named
    (): unknown => made.UploadProvider({});
    // @ts-expect-error no such route
    (): unknown => made.useLimits('photo');
  });

  it('has the result of the route’s `onComplete`, as JSON leaves it', () => {
    type Told = Parameters<NonNullable<Props<'photos'>['onUploaded']>>[0];
    expectTypeOf<Told>().toEqualTypeOf<UploadedFile<{ id: number; at: string }>>();
    expectTypeOf<Parameters<NonNullable<Props<'notes'>['onUploaded']>>[0]['result']>().toEqualTypeOf<undefined>();
    type Settled = Parameters<NonNullable<Props<'photos'>['onSettled']>>[0];
    expectTypeOf<Settled['uploaded'][number]>().toEqualTypeOf<Told>();
    expectTypeOf<Settled['failed'][number]>().toEqualTypeOf<FailedFile>();
    (): unknown =>
      made.Uploader({
        route: 'photos',
        // @ts-expect-error `onComplete` returns no such thing
        onUploaded: ({ result }) => result.name,
      });
  });

  it('tells the app what happens, and asks it before, with the types of the plain uploader', () => {
    expectTypeOf<Props<'photos'>>().toExtend<Omit<AppCallsProps, 'onUploaded' | 'onSettled'>>();
    (): unknown =>
      made.Uploader({
        route: 'photos',
        onBeforeUpload: (file) => {
          expectTypeOf(file).toEqualTypeOf<FileToUpload>();
          const { name, size } = file;
          return size === 0 ? { refuse: `${name} is empty.` } : { name: `${name}.jpg`, meta: { album: 'summer' } };
        },
        onError: ({ error }) => expectTypeOf(error).toEqualTypeOf<UploadError>(),
        onProgress: (totals) => expectTypeOf(totals).toEqualTypeOf<UploadTotals>(),
        onRemoved: (file) => expectTypeOf(file).toEqualTypeOf<FileInfo>(),
      });
    // @ts-expect-error a refusal is said in words
    (): unknown => made.Uploader({ route: 'photos', onBeforeUpload: () => ({ refuse: true }) });
  });

  it('says what the route takes, once the server has said so', () => {
    expectTypeOf(made.useLimits).returns.toEqualTypeOf<RouteLimits | undefined>();
    expectTypeOf<RouteLimits['maxSize']>().toEqualTypeOf<number>();
  });

  it('leaves what a file may be to the server, and takes what says who asks', () => {
    // @ts-expect-error the server says
    (): unknown => made.Uploader({ route: 'photos', restrictions: { maxFileSize: 1 } });
    // @ts-expect-error a field is a text
    (): unknown => made.Uploader({ route: 'photos', meta: { album: 7 } });
    expectTypeOf<Props<'photos'>['meta']>().toEqualTypeOf<Readonly<Record<string, string>> | undefined>();
    (): unknown =>
      made.Uploader({ route: 'photos', credentials: 'include', headers: async () => ({ Authorization: 'Bearer a' }) });
  });
});
