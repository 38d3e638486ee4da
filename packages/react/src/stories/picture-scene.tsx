import { type ReactNode, useContext, useEffect, useState } from 'react';
import type { Layout } from '../components/files-panel.tsx';
import { Uploader } from '../components/uploader.tsx';
import { drawnPicture } from './drawn-pictures.ts';
import { createScene, fileOfSize, type SceneFile, snapshotOf, withSize } from './scripted-uploads.ts';
import { StoryStrings } from './story-strings.ts';

export interface PictureSceneProps {
  readonly layout?: Layout;
  readonly files: readonly SceneFile[];
  /** Whether files are asked about, as they are before an upload. @default false */
  readonly autoStart?: boolean;
  /** Whether a button adds the files, since more happens then. @default false */
  readonly byButton?: boolean;
  readonly children?: ReactNode;
}

/** An uploader with real pictures: those of `files` whose name is a picture's. */
export function PictureScene(props: PictureSceneProps): ReactNode {
  const { layout, files, autoStart = false, byButton = false, children } = props;
  const strings = useContext(StoryStrings);
  const [{ uppy, uploads }] = useState(() => createScene([], { autoStart }));
  const [isWanted, setWanted] = useState(!byButton);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isOver = false;
    const add = async (): Promise<void> => {
      for (const [index, file] of files.entries()) {
        const { name, path, status } = file;
        const isPicture = name.endsWith('.jpg');
        // As large as a camera's pictures, and as slow as people's lines.
        const { size = isPicture ? 4_800_000 + 370_000 * ((index * 7) % 5) : 48_000_000 } = file;
        const pace = isPicture && status === 'uploading' ? { speed: 420_000 } : {};
        const data = isPicture ? withSize(await drawnPicture(name, index), size) : fileOfSize(name, size);
        if (isOver) return;
        const id = uppy.addFile({
          name,
          type: data.type,
          data,
          meta: path === undefined ? {} : { relativePath: path },
        });
        if (status) uploads.put(id, snapshotOf({ ...pace, ...file, size }, status));
      }
    };
    void add();
    return () => {
      isOver = true;
      uppy.clear();
    };
  }, [uppy, uploads, files, isWanted]);
  return (
    <div className="story-stack">
      <Uploader uppy={uppy} layout={layout} strings={strings}>
        {children}
      </Uploader>
      {!isWanted && (
        <p className="portage-uploader">
          <button type="button" className="portage-button" onClick={() => setWanted(true)}>
            Pick a picture for me
          </button>
        </p>
      )}
    </div>
  );
}
