/** Whether a file of Uppy was compressed before: `Prepare` says so in its metadata, and so may an app. */
export const isGzip = (meta: object | undefined): boolean =>
  meta !== undefined && 'contentEncoding' in meta && meta.contentEncoding === 'gzip';
