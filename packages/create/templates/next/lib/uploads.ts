import { mockStorage } from '@portage/mock-s3';
import { createUploads, s3, s3FromEnv } from '@portage/server';

const define = async () =>
  createUploads({
    // Your bucket where the environment names one; else a store on this disk, for development.
    storage: process.env.S3_BUCKET ? s3FromEnv(process.env) : s3(await mockStorage()),
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

export type UploadServer = Awaited<ReturnType<typeof define>>;

// Next imports this while it builds, where no secrets are; so the server is made by the first call.
let made: ReturnType<typeof define> | undefined;
export const uploads = async (request: Request): Promise<Response> => {
  made ??= define();
  return (await made)(request);
};
