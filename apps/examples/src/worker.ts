import { createUploads, s3FromEnv, type Uploads } from '@portage/server';

type Env = Readonly<Record<string, string | undefined>>;

const define = (env: Env): Uploads =>
  createUploads({
    storage: s3FromEnv(env),
    secret: env['UPLOADS_SECRET'],
    basePath: '/api/uploads',
    routes: {
      files: { anonymous: true, onComplete: ({ size }) => ({ size }) },
      pictures: { anonymous: true, accept: ['image/png'] },
    },
  });

// Workers are given their environment with the first request.
let uploads: Uploads | undefined;

export function fetch(request: Request, env: Env): Promise<Response> {
  uploads ??= define(env);
  return uploads(request);
}
