import { type ReactNode, useContext, useState } from 'react';
import { UploaderItem } from '../components/item-row.tsx';
import { UploadRoot } from '../components/upload-root.tsx';
import * as Upload from '../parts.ts';
import type { Limits } from '../state/refusal.ts';
import { createScene, fileOfSize, type SceneFile } from './scripted-uploads.ts';
import { StoryStrings } from './story-strings.ts';

export interface SceneProps {
  readonly files?: readonly SceneFile[];
  readonly restrictions?: Limits;
  readonly autoStart?: boolean;
  readonly disabled?: boolean;
  readonly children?: ReactNode;
}

/** The parts inside see these files in these states. */
export function Scene({ files = [], restrictions, autoStart, disabled, children }: SceneProps): ReactNode {
  const strings = useContext(StoryStrings);
  const [{ uppy }] = useState(() =>
    createScene(files, { ...(restrictions && { restrictions }), ...(autoStart !== undefined && { autoStart }) }),
  );
  return (
    <UploadRoot uppy={uppy} disabled={disabled} strings={strings}>
      {children}
    </UploadRoot>
  );
}

/** The files of a scene in the drop-in's rows. */
export const rows = <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>;

export { fileOfSize };
