import { createServer } from 'node:http';
import { toNodeHandler } from '@portage/server/node';
import sirv from 'sirv';
import { uploads } from './uploads.ts';

const port = process.env.PORT ?? 3000;
const answer = toNodeHandler(uploads);
const page = sirv('dist/page', { single: true });

createServer((request, response) => {
  if (request.url?.startsWith('/api/uploads')) answer(request, response);
  else page(request, response);
}).listen(port, () => console.log(`http://localhost:${port}`));
