import type { Mimic } from '../mimic/mimic.ts';
import { emptyResponse, type S3Response } from './s3-response.ts';

/** The response to bytes that are stored: without a body, which some stores give a type all the same. */
export function storedResponse({ storedType }: Mimic, headers: Readonly<Record<string, string>>): S3Response {
  const type: Record<string, string> = storedType === undefined ? {} : { 'content-type': storedType };
  return emptyResponse(200, { ...headers, ...type });
}
