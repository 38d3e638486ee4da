export type { Attempt, CallRecord, Diagnostics, Phase, Progress, UploadSnapshot, UploadStatus } from '@portage/engine';
export {
  AppCallbackError,
  CorruptError,
  ETagHiddenError,
  FileChangedError,
  FileUnreadableError,
  GatewayRefusedError,
  InvalidResponseError,
  isUploadError,
  LocalNetworkDeniedError,
  NoProgressError,
  RemoteFailedError,
  RemoteRefusedError,
  ServerRefusedError,
  ServerUnreadableError,
  StoreRefusedError,
  StoreUnreadableError,
  TooSlowError,
  UnauthorizedError,
  UploadError,
  UploadGoneError,
} from '@portage/engine';
export {
  englishTypes,
  type RouteName,
  type TypeWords,
  toRestrictions,
  typeNames,
  type UploadResult,
} from '@portage/protocol';
export { arriving } from './arriving.ts';
export { askLimits, type RouteAddress, type RouteLimits } from './backends/route-limits.ts';
export type { DiagnosticsExport } from './diagnostics/recorder.ts';
export { fieldsOf, isBlob, rememberFileHandle } from './file-data.ts';
export type { EndpointOptions, PortageS3Options, TransferOptions } from './plugin/options.ts';
export { PortageS3 } from './plugin/portage-s3.ts';
export { totalsOf, type Uploads, type UploadTotals } from './plugin/uploads.ts';
export type { UnfinishedUpload, UnfinishedUploads } from './resume/unfinished.ts';
