import { randomBytes } from 'node:crypto';

/** What S3 tells of a request for whoever has to look it up later. */
export interface RequestIds {
  readonly requestId: string;
  readonly hostId: string;
}

/** Ids of the form that S3 uses. */
export function newRequestIds(): RequestIds {
  return { requestId: randomBytes(8).toString('hex').toUpperCase(), hostId: randomBytes(32).toString('base64') };
}
