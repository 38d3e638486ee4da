export { UploadCanceledError } from '../state/settled-uploads.ts';
export { storedFilesKey, uploadKeys } from './keys.ts';
export { type ProcessingOptions, useProcessingStatus } from './use-processing-status.ts';
export { type StoredFilesOptions, type StoredRow, type UseStoredFiles, useStoredFiles } from './use-stored-files.ts';
export { type UploadMutationOptions, useUploadMutation } from './use-upload-mutation.ts';
