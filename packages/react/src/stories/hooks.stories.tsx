import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { useDropzone } from '../hooks/use-dropzone.ts';
import { useUpload } from '../hooks/use-upload.ts';
import { useUploadFile } from '../hooks/use-upload-file.ts';
import { useUploadStats } from '../hooks/use-upload-stats.ts';
import code from './code/hooks.tsx?raw';
import { clicks, inTurn, says } from './play.ts';
import { Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';

/** No part and no stylesheet: only the hooks. */
const meta = {
  title: 'Hooks',
  component: Scene,
  parameters: {
    controls: { disable: true },
    docs: { source: { code } },
    props: [
      'UseUpload',
      'UploadActions',
      'UseUploadFile',
      'FileActions',
      'UploadStats',
      'UseDropzoneOptions',
      'UseRecovery',
    ],
  },
} satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

export const HooksAlone: Story = {
  args: { files: EVERY_STATE.slice(0, 4), children: <OwnUploader /> },
  play: inTurn(says(/of 4 files$/), clicks('Pause'), says(/Harbour at dawn.mov: paused/), clicks('Resume')),
};

function OwnUploader(): ReactNode {
  const { fileIds, browse, pauseAll, resumeAll } = useUpload();
  const { progress } = useUploadStats();
  const { getRootProps, isDragging } = useDropzone();
  return (
    <div {...getRootProps()}>
      <p>{isDragging ? 'Let go' : `${Math.floor(progress.percent)}% of ${fileIds.length} files`}</p>
      <button type="button" onClick={() => browse()}>
        Add
      </button>
      <button type="button" onClick={pauseAll}>
        Pause
      </button>
      <button type="button" onClick={resumeAll}>
        Resume
      </button>
      <ul>
        {fileIds.map((id) => (
          <OwnRow key={id} id={id} />
        ))}
      </ul>
    </div>
  );
}

function OwnRow({ id }: { readonly id: string }): ReactNode {
  const { file, snapshot, remove } = useUploadFile(id);
  return (
    <li>
      {file.name}: {snapshot.status}, {Math.floor(snapshot.progress.percent)}%{' '}
      <button type="button" onClick={remove} aria-label={`Remove ${file.name}`}>
        Remove
      </button>
    </li>
  );
}
