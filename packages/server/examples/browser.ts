import { createUploadClient, toRestrictions } from '@portage/server/client';
import type { uploads } from './web-handler.ts';

const client = createUploadClient<typeof uploads>({ endpoint: '/api/uploads' });

export const documents = client.route('documents'); // names come from the server; uppy.use(PortageS3, documents)
export const restrictions = async () => toRestrictions(await documents.limits()); // for new Uppy({ restrictions })

// For Uppy's `upload-success`: typed by what `onComplete` returned; the date has become a string on its way.
export const savedAt = (response: { body?: object }): string => documents.result(response).savedAt;
