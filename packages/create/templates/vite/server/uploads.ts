import { createUploads, s3, s3FromEnv } from '@portage/server';

/** Your bucket where the environment names one; else a store on this disk, for development. */
const storage = process.env.S3_BUCKET
  ? s3FromEnv(process.env)
  : s3(await (await import('@portage/mock-s3')).mockStorage());

export const uploads = createUploads({
  storage,
  secret: process.env.UPLOADS_SECRET, // the same on all servers; in production it is required
  basePath: '/api/uploads',
  routes: {
    files: {
      anonymous: true, // anybody; or say who asks: authorize
      maxSize: 100 * 1024 ** 2,
      // Runs when the file is stored and checked. What it returns is `result` in the page, typed.
      onComplete: async ({ key, displayName, size }) => ({ key, name: displayName, size }),
    },
  },
});
