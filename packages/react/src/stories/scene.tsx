import { type ReactNode, useState } from 'react';
import { UploadRoot } from '../components/upload-root.tsx';
import type { Limits } from '../state/refusal.ts';
import { createScene, fileOfSize, type SceneFile } from './scripted-uploads.ts';

export interface SceneProps {
  readonly files?: readonly SceneFile[];
  readonly restrictions?: Limits;
  readonly autoStart?: boolean;
  readonly disabled?: boolean;
  readonly children?: ReactNode;
}

/** The parts inside see these files in these states. */
export function Scene({ files = [], restrictions, autoStart, disabled, children }: SceneProps): ReactNode {
  const [{ uppy }] = useState(() =>
    createScene(files, { ...(restrictions && { restrictions }), ...(autoStart !== undefined && { autoStart }) }),
  );
  return (
    <UploadRoot uppy={uppy} disabled={disabled}>
      {children}
    </UploadRoot>
  );
}

export { fileOfSize };
