import { sessionOf } from './app.ts';
import { uploads } from './web-handler.ts';

/** What your app answers when a person opens a document, here in the browser instead of saving it. */
export async function openDocument(request: Request, key: string): Promise<Response> {
  const files = uploads.files('documents', await sessionOf(request));
  return Response.redirect(await files.url(key, { disposition: 'inline' }));
}
