'use client';
import type { ReactNode } from 'react';
import { useUploadContext } from '../state/context.ts';
import { DiagnosticsView } from './diagnostics-view.tsx';
import { useUploadDiagnostics } from './use-upload-diagnostics.ts';
import { type DiagnosticsStrings, englishDiagnostics } from './words.ts';

export interface UploadDiagnosticsProps {
  /** Uppy's id of the file. */
  readonly fileId: string;
  /** Words in place of the English ones, all or some. */
  readonly strings?: Partial<DiagnosticsStrings> | undefined;
  /** Class names for its outermost element. */
  readonly className?: string | undefined;
}

/** What happened to a file's upload, drawn and in words; it follows the upload while it runs. Inside `Upload.Root`. */
export function UploadDiagnostics({ fileId, strings, className }: UploadDiagnosticsProps): ReactNode {
  const context = useUploadContext();
  const diagnostics = useUploadDiagnostics(fileId);
  if (!diagnostics) return <p className="portage-diagnostics">{{ ...englishDiagnostics, ...strings }.nothing}</p>;
  const { locale } = context.strings;
  return <DiagnosticsView diagnostics={diagnostics} locale={locale} strings={strings} className={className} />;
}
