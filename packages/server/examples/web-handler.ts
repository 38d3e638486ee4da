import { createUploads, RefusedError, route, s3FromEnv } from '@portage/server';
import { saveDocument, sessionOf } from './app.ts';

export const uploads = createUploads({
  storage: s3FromEnv(process.env),
  secret: process.env['UPLOADS_SECRET'] ?? '',
  basePath: '/api/uploads',
  routes: {
    documents: route({
      accept: ['application/pdf', '.docx'],
      maxSize: 5 * 1024 ** 3,
      async authorize(request) {
        const session = await sessionOf(request);
        if (session?.plan === 'free') throw new RefusedError('Uploads are part of the paid plan.', 'Change your plan.');
        return session; // null refuses, too
      },
      key: (file, session) => `${session.userId}/${file.id}/${file.name}`,
      onComplete: (file, session) => saveDocument(session.userId, file.key, file.displayName, file.size),
    }),
  },
});

// Wherever a function from Request to Promise<Response> is taken:
export const POST = uploads;
