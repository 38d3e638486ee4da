import { toNodeHandler } from '@portage/server/node';
import express from 'express';
import { uploads } from './uploads.ts';

const app = express();
app.use('/api/uploads', toNodeHandler(uploads)); // before anything that reads bodies
app.use(express.json());

export const server = app.listen(Number(process.env['PORT'] ?? 3000));
