'use client';
import type { DiagnosticsExport } from '@portage/uppy';
import { useEffect, useState } from 'react';
import { useUploadContext } from '../state/context.ts';
import { findInPlugins } from '../state/find-plugin.ts';

/** While an upload runs its diagnostics are read this often, in milliseconds. */
const INTERVAL = 1_000;

interface Exporter {
  exportDiagnostics(fileID: string): Promise<DiagnosticsExport | undefined>;
}

/**
 * What happened to a file's upload so far, as `PortageS3.exportDiagnostics` tells it; read again once a second while the
 * upload moves. Undefined until it is read, and where nothing is recorded.
 */
export function useUploadDiagnostics(fileId: string): DiagnosticsExport | undefined {
  const { uppy, uploads } = useUploadContext();
  const [read, setRead] = useState<{ readonly id: string; readonly diagnostics: DiagnosticsExport | undefined }>();
  useEffect(() => {
    const exporter = findInPlugins(uppy, hasExport);
    if (!exporter) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      timer = undefined;
      const diagnostics = await exporter.exportDiagnostics(fileId);
      if (!isOver) setRead({ id: fileId, diagnostics });
    };
    void look();
    const unsubscribe = uploads.subscribe(fileId, () => {
      timer ??= setTimeout(look, INTERVAL);
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [uppy, uploads, fileId]);
  return read?.id === fileId ? read.diagnostics : undefined;
}

function hasExport(plugin: object): plugin is Exporter {
  return 'exportDiagnostics' in plugin && typeof plugin.exportDiagnostics === 'function';
}
