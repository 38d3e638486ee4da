import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { uploads } from './uploads.ts';

const app = new Hono();
app.all('/api/uploads/*', (context) => uploads(context.req.raw));

const server = serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000) });
await new Promise((resolve) => server.once('listening', resolve));
export const { port } = server.address() as AddressInfo;
export const close = () => server.close();
