'use client';
import { createUploader } from '@portage/react';
// A type alone: nothing of the server gets into the page.
import type { UploadServer } from '../lib/uploads';

const { Uploader } = createUploader<UploadServer>({ endpoint: '/api/uploads' });

export const Files = () => (
  <Uploader route="files" onUploaded={({ result }) => console.log(`${result.name} is stored: ${result.key}`)} />
);
