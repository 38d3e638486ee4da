export type { Diagnostics, DiagnosticsExport } from '@portage/uppy';
export { DiagnosticsView, type DiagnosticsViewProps } from './diagnostics-view.tsx';
export type { RegionWords } from './region-words.ts';
export { UploadDiagnostics, type UploadDiagnosticsProps } from './upload-diagnostics.tsx';
export { useUploadDiagnostics } from './use-upload-diagnostics.ts';
export { type DiagnosticsStrings, englishDiagnostics } from './words.ts';
