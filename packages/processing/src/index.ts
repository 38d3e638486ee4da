export { ProcessingError, type ProcessingErrorCode } from './errors.ts';
export type { ProcessedFile } from './file.ts';
export type { ProcessingMetrics } from './metrics.ts';
export { type Pipeline, type PipelineOptions, pipeline, type ResultsOf } from './pipeline.ts';
export {
  createProcessing,
  type Pipelines,
  type Processing,
  type ProcessingOptions,
  type SweepOptions,
} from './processing.ts';
export type { JobCounts, JobRules, JobState, Queue, QueuedJob, TakenJob, Working } from './queue.ts';
export type { StepResult, StoredVariant } from './result.ts';
export type { ProcessingStatus, ShownVariant, StatusOf, StepStatus } from './status.ts';
export {
  type ChildWork,
  type MadeFile,
  type Step,
  type StepInput,
  type StepOutcome,
  step,
  type UnreadableCode,
} from './step.ts';
export { type ArchiveOptions, type ArchiveResult, archive } from './steps/archive.ts';
export { type ImageOptions, type ImageResult, image } from './steps/image.ts';
export { type Metadata, type MetadataOptions, metadata } from './steps/metadata.ts';
export { type PdfOptions, type PdfResult, pdf } from './steps/pdf.ts';
export { type ScannedContent, type ScanOptions, scan } from './steps/scan.ts';
export type { PictureFormat } from './steps/variants.ts';
export { type VideoOptions, type VideoResult, video } from './steps/video.ts';
export type { SeenObject, Store } from './store.ts';
export type { Swept } from './sweep.ts';
