export { createUploads, type Uploads } from './create-uploads.ts';
export {
  RefusedError,
  StoreError,
  type StoreErrorReason,
  UploadsError,
  type UploadsErrorOptions,
} from './errors.ts';
export { HookTimeoutError } from './guard.ts';
export { fromAddress, type TrustProxy } from './http/asked.ts';
export type { CallFacts } from './http/call-facts.ts';
export type { Origins } from './http/origins.ts';
export type { Observer, UploadEvent, UploadFacts } from './observe/events.ts';
export type { Logger } from './observe/logger.ts';
export { createMetrics, type Metrics, type MetricsSnapshot } from './observe/metrics.ts';
export type { Span, Spans } from './observe/spans.ts';
export type { AbortedStale, AbortStaleOptions } from './operations/abort-stale.ts';
export type { LimitedCall, RateLimit, UploadsOptions } from './options.ts';
export { memoryReservations, type Reservation, type Reservations } from './policy/reservations.ts';
export type { FileToProcess, Processing, ProcessingProgress } from './processing.ts';
export { type Completion, type Completions, memoryCompletions } from './regions/completions.ts';
export type { Near, NearestOf } from './regions/nearest.ts';
export { type RegionsOptions, regions } from './regions/regions.ts';
export {
  type Awaitable,
  type ContextOf,
  type Identity,
  type IncomingFile,
  type Quarantine,
  type Route,
  route,
  type ScannedFile,
  type StoredFile,
} from './route.ts';
export type { CheckedRoutes, ResultsOf, Routes, RoutesOf } from './routes.ts';
export type { CredentialsProvider, ExpiringCredentials } from './s3/credentials.ts';
export { s3 } from './s3/s3.ts';
export { s3FromEnv } from './s3/s3-from-env.ts';
export type { S3Options } from './s3/s3-options.ts';
export { type Checksum, PROFILES, type StoreProfile, type StoreProfileName } from './s3/store-profiles.ts';
export type {
  ListedObject,
  MultipartUpload,
  ObjectHeaders,
  ObjectPlace,
  ObjectStorage,
  PendingUpload,
  Storage,
  StoredObject,
} from './storage.ts';
export type { FileOwner, FileUrlOptions, StoredFileFacts, StoredFiles } from './stored-files.ts';
