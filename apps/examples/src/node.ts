import { serve } from '@portage/server/node';
import { uploads } from './uploads.ts';

export const { server } = await serve(uploads, { port: Number(process.env['PORT'] ?? 3000) });
