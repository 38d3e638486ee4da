import { createServer } from 'node:http';
import { mockStorage } from '@portage/mock-s3';
import { createUploads, s3 } from '@portage/server';
import { toNodeHandler } from '@portage/server/node';

const uploads = createUploads({
  storage: s3(await mockStorage()), // for development; in production s3FromEnv(process.env)
  secret: process.env['UPLOADS_SECRET'] ?? crypto.randomUUID(), // the same on all servers
  basePath: '/api/uploads',
  routes: { files: { maxSize: 5 * 1024 ** 3 } },
});

export const server = createServer(toNodeHandler(uploads)).listen(process.env['PORT'] ?? 3000);
