import { createUploads, s3FromEnv } from '@portage/server';

/** The same in every framework: what may be uploaded, and where to. */
export const uploads = createUploads({
  storage: s3FromEnv(process.env),
  secret: process.env['UPLOADS_SECRET'],
  basePath: '/api/uploads',
  routes: {
    files: { anonymous: true, onComplete: ({ size }) => ({ size }) },
  },
});
