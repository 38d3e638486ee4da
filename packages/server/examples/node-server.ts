import { createServer } from 'node:http';
import { mockStorage } from '@portage/mock-s3';
import { createUploads, s3 } from '@portage/server';
import { toNodeHandler } from '@portage/server/node';

const uploads = createUploads({
  storage: s3(await mockStorage()), // for development; in production s3FromEnv(process.env)
  secret: process.env['UPLOADS_SECRET'], // the same on all servers; in production it is required
  basePath: '/api/uploads',
  routes: { files: { anonymous: true, maxSize: 100 * 1024 ** 2 } }, // anybody; or say who asks: authorize
});

const port = process.env['PORT'] ?? 3000;
export const server = createServer(toNodeHandler(uploads)).listen(port, () => console.log(`http://localhost:${port}`));
