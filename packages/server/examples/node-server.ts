import { createServer } from 'node:http';
import { createUploads, s3FromEnv } from '@portage/server';
import { toNodeHandler } from '@portage/server/node';

const uploads = createUploads({
  storage: s3FromEnv(process.env),
  secret: process.env['UPLOADS_SECRET'] ?? '',
  routes: {
    photos: { accept: ['image/*'], maxSize: 20 * 1024 * 1024 },
  },
});

export const server = createServer(toNodeHandler(uploads)).listen(process.env['PORT'] ?? 3000);
