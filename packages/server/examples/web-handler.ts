import { createUploads, RefusedError, s3FromEnv } from '@portage/server';
import { saveDocument, sessionOf } from './app.ts';

export const uploads = createUploads({
  storage: s3FromEnv(process.env),
  secret: process.env['UPLOADS_SECRET'],
  basePath: '/api/uploads',
  routes: {
    documents: {
      accept: ['application/pdf', '.docx'],
      maxSize: 5 * 1024 ** 3,
      async authorize(request: Request) {
        const session = await sessionOf(request);
        if (session?.plan === 'free') throw new RefusedError('Uploads are part of the paid plan.', 'Change your plan.');
        return session; // null refuses, too
      },
      onComplete: async (file, session) => {
        const id = await saveDocument(session.userId, file.key, file.displayName, file.size);
        return { id, savedAt: new Date() };
      },
    },
  },
});

// Wherever a function from Request to Promise<Response> is taken:
export const POST = uploads;
export const GET = uploads;
