import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders to delete when the process ends before they were disposed of. */
const left = new Set<string>();

/** Makes a folder that is deleted by `dispose`, at the latest when the process ends by itself or by `process.exit`. */
export async function temporaryFolder(): Promise<{ path: string; dispose: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'mock-s3-'));
  if (left.size === 0) process.on('exit', deleteLeft);
  left.add(path);
  return {
    path,
    dispose: async () => {
      await rm(path, { recursive: true, force: true });
      left.delete(path);
      if (left.size === 0) process.off('exit', deleteLeft);
    },
  };
}

function deleteLeft(): void {
  for (const path of left) rmSync(path, { recursive: true, force: true });
}
