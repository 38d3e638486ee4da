import type { Meta, StoryObj } from '@storybook/react-vite';
import { OwnUploader } from './code/hooks.tsx';
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
    props: { useDropzone: ['UseDropzoneOptions'] },
    returns: {
      'useUpload()': ['UseUpload', 'UploadActions'],
      'useUploadFile(id)': ['UseUploadFile', 'FileActions'],
      'useUploadStats()': ['UploadStats'],
      'useRecovery()': ['UseRecovery'],
    },
  },
} satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

export const HooksAlone: Story = {
  args: { files: EVERY_STATE.slice(0, 4), children: <OwnUploader /> },
  play: inTurn(says(/of 4 files$/), clicks('Pause'), says(/Harbour at dawn.mov: paused/), clicks('Resume')),
};
