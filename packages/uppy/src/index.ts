export type { Progress, UploadError, UploadSnapshot, UploadStatus } from '@portage/engine';
export { isUploadError } from '@portage/engine';
export { PortageS3, type PortageS3Options } from './portage-s3.ts';
export type { Uploads, UploadTotals } from './uploads.ts';
