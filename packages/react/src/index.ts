export type { RouteLimits, UploadError, UploadTotals } from '@portage/uppy';
export type { AppCallsProps, UploadedFile } from './components/app-calls.tsx';
export type { Layout } from './components/files-panel.tsx';
export { UploaderItem } from './components/item-row.tsx';

export type { PartProps, Render } from './components/render-part.ts';
export {
  UploadRoot as UploadProvider,
  type UploadRootProps as UploadProviderProps,
} from './components/upload-root.tsx';
export {
  Uploader,
  UploaderPanel,
  type UploaderPanelProps,
  type UploaderProps,
} from './components/uploader.tsx';
export {
  type CreatedUploader,
  type CreateUploaderOptions,
  createUploader,
  type RouteProviderProps,
  type RouteUploaderProps,
} from './create-uploader.tsx';
export { type UseDropzone, type UseDropzoneOptions, useDropzone } from './hooks/use-dropzone.ts';
export { type UseRecovery, useRecovery } from './hooks/use-recovery.ts';
export { type UseUpload, useUpload, useUploadActions } from './hooks/use-upload.ts';
export { type FileInfo, type UseUploadFile, useUploadFile, useUploadSnapshot } from './hooks/use-upload-file.ts';
export { useUploadQueue } from './hooks/use-upload-queue.ts';
export { type UploadStats, useUploadStats } from './hooks/use-upload-stats.ts';
export * as Upload from './parts.ts';
export type { BeforeUpload, FileToUpload, OnBeforeUpload } from './state/ask-before.ts';
export type {
  GivenUppy,
  OwnUppyByEndpoint,
  OwnUppyByPlugin,
  OwnUppyOptions,
  UploadSource,
} from './state/create-uppy.ts';
export type { FileActions } from './state/file-actions.ts';
export type { FailedFile, SettledFiles, UploadListenersProps } from './state/listen-to-uploads.ts';
export type { OutsideSums } from './state/outside-files.ts';
export type { PickedFile } from './state/picked-files.ts';
export type { RecoveryState, UnfinishedItem } from './state/recovery.ts';
export type { Limits, Refusal } from './state/refusal.ts';
export type { UploadActions } from './state/upload-actions.ts';
export { english } from './text/english.ts';
export { type CatalogueError, ERROR_CODES, type ErrorCode, type ErrorText } from './text/error-codes.ts';
export { errorText } from './text/error-text.ts';
export { createFormat, type Format } from './text/format.ts';
export { formatAgo } from './text/format-ago.ts';
export { choiceOf, type PluralForms, pluralsOf, type Speaker } from './text/plural.ts';
export type { Strings } from './text/strings.ts';
