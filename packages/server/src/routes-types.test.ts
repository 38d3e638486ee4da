import { describe, expect, expectTypeOf, it } from 'vitest';
import { SECRET } from '../test/harness.ts';
import { type ClientRoute, createUploadClient, type RouteName, type UploadResult } from './client.ts';
import {
  createUploads,
  type FileOwner,
  type Identity,
  type Route,
  type Routes,
  route,
  type StoredFile,
  type StoredFiles,
  s3,
  type Uploads,
} from './index.ts';

const storage = s3({ bucket: 'b', credentials: { accessKeyId: 'a', secretAccessKey: 's' } });

interface Session {
  userId: string;
  plan: number;
}
const sessionOf = async (request: Request): Promise<Session | null> =>
  request.url === '' ? null : { userId: request.url, plan: 7 };

const uploads = createUploads({
  storage,
  secret: SECRET,
  routes: {
    inline: {
      accept: ['image/*'],
      authorize: async (request: Request) => (request.url === '' ? null : { userId: request.url, plan: 7 }),
      prefix: (context) => {
        expectTypeOf(context).toEqualTypeOf<Session>();
        return '';
      },
      quota(context) {
        expectTypeOf(context).toEqualTypeOf<Session>();
        return 1;
      },
      key: (file, context) => {
        expectTypeOf(context).toEqualTypeOf<Session>();
        return file.name;
      },
      metadata: (_file, context) => {
        expectTypeOf(context).toEqualTypeOf<Session>();
        return {};
      },
      onCreate: (_file, context) => expectTypeOf(context).toEqualTypeOf<Session>(),
      onComplete: async (stored, context) => {
        expectTypeOf(stored).toEqualTypeOf<StoredFile>();
        expectTypeOf(context).toEqualTypeOf<Session>();
        return { id: context.plan, at: new Date(), tags: ['a'], hidden: () => 1 };
      },
    },
    method: {
      authorize(request: Request) {
        return { userId: request.url, team: 'a' };
      },
      onComplete(_stored, context) {
        expectTypeOf(context).toEqualTypeOf<{ userId: string; team: string }>();
        return context.team;
      },
    },
    reference: {
      authorize: sessionOf,
      onComplete: (_stored, context) => context.plan,
    },
    wrapped: route({
      authorize: async (request) => sessionOf(request),
      key: (_file, context) => {
        expectTypeOf(context).toEqualTypeOf<Session>();
        return 'a';
      },
      onComplete: (_stored, context) => ({ plan: context.plan }),
    }),
    anonymous: {
      anonymous: true,
      onComplete: (_stored, context) => {
        expectTypeOf(context).toEqualTypeOf<Identity>();
      },
    },
    open: { anonymous: true },
  },
});
type Server = typeof uploads;

describe('the server', () => {
  it('types the context of every hook by what `authorize` returns, also where a route is written in place', () => {
    expectTypeOf(uploads).toBeCallableWith(new Request('http://x'));
    expectTypeOf<keyof Server['limits']>().toEqualTypeOf<
      'inline' | 'method' | 'reference' | 'wrapped' | 'anonymous' | 'open'
    >();
    expect(Object.keys(uploads.limits)).toEqual(['inline', 'method', 'reference', 'wrapped', 'anonymous', 'open']);
  });

  it('takes routes whose types are not known', () => {
    const routes: Routes = { any: { anonymous: true } };
    expectTypeOf(createUploads({ storage, secret: SECRET, routes })).toExtend<Uploads>();
    expectTypeOf(route({})).toExtend<Route>();
  });

  it('refuses what cannot work', () => {
    const secret = SECRET;
    // @ts-expect-error a misspelt option
    createUploads({ storage, secret, routes: { a: { anonymous: true, maxsize: 1 } } });
    const ofAnotherType = { anonymous: true, accept: ['png'], maxSize: '1' } as const;
    // @ts-expect-error an option of another type
    expect(() => createUploads({ storage, secret, routes: { a: ofAnotherType } })).toThrow();
    // @ts-expect-error a context must say whose upload it is
    createUploads({ storage, secret, routes: { a: { authorize: () => ({ name: 'ann' }) } } });
    // @ts-expect-error the same
    route({ authorize: () => ({ name: 'ann' }) });
    createUploads({
      storage,
      secret,
      routes: {
        a: {
          authorize: (request: Request) => ({ userId: request.url }),
          // @ts-expect-error the context has no such field
          key: (_file, context) => context.team,
        },
      },
    });
  });
});

describe('files after their upload', () => {
  it('are asked for by the names of the routes, and of somebody', () => {
    expectTypeOf<Parameters<Server['files']>>().toEqualTypeOf<[keyof Server['limits'], FileOwner | null | undefined]>();
    expectTypeOf<ReturnType<Server['files']>>().toEqualTypeOf<StoredFiles>();
    // @ts-expect-error no such route
    expect(() => uploads.files('nope', 'everybody')).toThrow('no route');
    // @ts-expect-error it is not said whose
    expect(() => uploads.files('open')).toThrow();
    // @ts-expect-error a browser shows it or saves it
    (): unknown => uploads.files('open', 'everybody').url('k', { disposition: 'download' });
  });

  it('have the fields that came with them, where `onComplete` hears of them', () => {
    expectTypeOf<StoredFile['meta']>().toEqualTypeOf<Readonly<Record<string, string>>>();
  });
});

describe('the client', () => {
  const client = createUploadClient<Server>({ endpoint: '/api' });

  it('knows the names of the routes', () => {
    expectTypeOf<RouteName<Server>>().toEqualTypeOf<keyof Server['limits']>();
    expect(client.route('open')).toMatchObject({ endpoint: '/api', route: 'open' });
    // @ts-expect-error no such route
    client.route('nope');
  });

  it('knows what `onComplete` returned, as JSON leaves it', () => {
    expectTypeOf<UploadResult<Server, 'inline'>>().toEqualTypeOf<{ id: number; at: string; tags: string[] }>();
    expectTypeOf<UploadResult<Server, 'method'>>().toEqualTypeOf<string>();
    expectTypeOf<UploadResult<Server, 'reference'>>().toEqualTypeOf<number>();
    expectTypeOf<UploadResult<Server, 'wrapped'>>().toEqualTypeOf<{ plan: number }>();
    expectTypeOf<UploadResult<Server, 'anonymous'>>().toEqualTypeOf<undefined>();
    expectTypeOf<UploadResult<Server, 'open'>>().toEqualTypeOf<undefined>();
    expectTypeOf(client.route('wrapped')).toEqualTypeOf<ClientRoute<'wrapped', { plan: number }>>();
    expect(client.route('method').result({ body: { key: 'k', result: 'a' } })).toBe('a');
    expect(client.route('open').result({})).toBeUndefined();
  });
});
