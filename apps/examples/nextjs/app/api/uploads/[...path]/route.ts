import { createUploads, s3FromEnv } from '@portage/server';

const define = () =>
  createUploads({
    storage: s3FromEnv(process.env),
    secret: process.env['UPLOADS_SECRET'],
    basePath: '/api/uploads',
    routes: {
      files: { anonymous: true, onComplete: ({ size }) => ({ size }) },
    },
  });
export type Uploads = ReturnType<typeof define>;

// Next imports this while it builds, where no secrets are; so the server is made by the first call.
let made: Uploads | undefined;
const uploads = (request: Request): Promise<Response> => {
  made ??= define();
  return made(request);
};

export { uploads as GET, uploads as OPTIONS, uploads as POST };
