export { createUploads, type Routes, type Uploads, type UploadsOptions } from './create-uploads.ts';
export {
  RefusedError,
  StoreError,
  type StoreErrorReason,
  UploadsError,
  type UploadsErrorOptions,
} from './errors.ts';
export type { Origins } from './http/origins.ts';
export { type Identity, type IncomingFile, type Route, route, type StoredFile } from './route.ts';
export { type S3Options, s3 } from './s3/s3.ts';
export { s3FromEnv } from './s3/s3-from-env.ts';
export type { MultipartUpload, ObjectHeaders, Storage, StoredObject } from './storage.ts';
