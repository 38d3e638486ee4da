export type { Diagnostics, DiagnosticsExport } from '@portage/uppy';
export { DiagnosticsView, type DiagnosticsViewProps } from './diagnostics-view.tsx';
export { UploadDiagnostics, type UploadDiagnosticsProps } from './upload-diagnostics.tsx';
export { useUploadDiagnostics } from './use-upload-diagnostics.ts';
export { type DiagnosticsStrings, englishDiagnostics } from './words.ts';
