import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { userEvent, within } from 'storybook/test';
import { Uploader } from '../components/uploader.tsx';
import type { Limits } from '../state/refusal.ts';
import { BATCH, EVERY_STATE, HARD_NAMES } from './scenes.ts';
import { createScene, fileOfSize, type SceneFile } from './scripted-uploads.ts';

interface Args {
  readonly files: readonly SceneFile[];
  readonly restrictions?: Limits;
  readonly autoStart?: boolean;
  readonly disabled?: boolean;
  /** Picked after the scene is set, so that the limits refuse them. */
  readonly refused?: readonly File[];
}

function ScriptedUploader({ files, disabled = false, refused = [], ...options }: Args): ReactNode {
  const [{ uppy }] = useState(() => createScene(files, options));
  // Keyed by `uppy` only: the refused files are added by the play function.
  return (
    <Uploader uppy={uppy} disabled={disabled}>
      {refused.length > 0 && (
        <button type="button" className="portage-button" onClick={() => uppy.addFiles(refused.map(toUppyFile))}>
          Add files that are refused
        </button>
      )}
    </Uploader>
  );
}

const toUppyFile = (file: File) => ({ name: file.name, type: file.type, data: file });

const meta = {
  title: 'Uploader',
  component: ScriptedUploader,
  args: { files: [] },
} satisfies Meta<typeof ScriptedUploader>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {};

export const WithLimits: Story = {
  args: { restrictions: { maxFileSize: 25_000_000, maxNumberOfFiles: 10, allowedFileTypes: ['.jpg', '.png', '.pdf'] } },
};

export const Disabled: Story = { args: { disabled: true } };

export const EveryState: Story = { args: { files: EVERY_STATE } };

export const OneFile: Story = { args: { files: EVERY_STATE.slice(0, 1) } };

export const Batch: Story = { args: { files: BATCH } };

export const AllUploaded: Story = {
  args: { files: BATCH.slice(0, 4).map((file) => ({ ...file, status: 'complete' as const })) },
};

export const SomeFailed: Story = {
  args: { files: EVERY_STATE.filter(({ status }) => status === 'complete' || status === 'failed') },
};

export const Offline: Story = {
  args: { files: BATCH.slice(9, 13).map((file) => ({ ...file, status: 'offline' as const })) },
};

export const WaitsForStart: Story = {
  args: {
    autoStart: false,
    files: [
      { name: 'Slides.key', size: 22_000_000 },
      { name: 'Notes.md', size: 3_400 },
    ],
  },
};

export const HardNames: Story = { args: { files: HARD_NAMES } };

export const Refused: Story = {
  args: {
    files: EVERY_STATE.slice(6, 7),
    restrictions: { maxFileSize: 5_000_000, allowedFileTypes: ['.jpg', '.png'] },
    refused: [
      fileOfSize('Panorama.jpg', 31_000_000, 'image/jpeg'),
      fileOfSize('Contract.docx', 48_000),
      fileOfSize('Portrait.jpg', 4_200_000),
    ],
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Add files that are refused' }));
    await canvas.findByText(/The limit is 5 MB/);
  },
};
