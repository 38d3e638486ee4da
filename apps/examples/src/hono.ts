import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { uploads } from './uploads.ts';

const app = new Hono();
app.all('/api/uploads/*', (context) => uploads(context.req.raw));

export const server = serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000) });
