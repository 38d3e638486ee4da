import { toNodeHandler } from '@portage/server/node';
import Fastify from 'fastify';
import { uploads } from './uploads.ts';

const app = Fastify();
const handle = toNodeHandler(uploads);
app.register(async (scope) => {
  scope.removeAllContentTypeParsers(); // the uploads read their bodies themselves
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  scope.all('/api/uploads/*', (request, reply) => {
    reply.hijack();
    return handle(request.raw, reply.raw);
  });
});

await app.listen({ port: Number(process.env['PORT'] ?? 3000) });
export const { server } = app;
