import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useContext, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import type { Limits } from '../state/refusal.ts';
import basic from './code/uploader.tsx?raw';
import limits from './code/uploader-limits.tsx?raw';
import start from './code/uploader-start.tsx?raw';
import { clicks, dragsOver, has, hasButton, hasNoButton, inTurn, opensPicker, says, saysNot } from './play.ts';
import { BATCH, EVERY_STATE, HARD_NAMES } from './scenes.ts';
import { createScene, fileOfSize, type SceneFile } from './scripted-uploads.ts';
import { StoryStrings } from './story-strings.ts';

const FILES = {
  none: [],
  'one of each state': EVERY_STATE,
  'one file': EVERY_STATE.slice(0, 1),
  'a batch': BATCH,
  'all uploaded': BATCH.slice(0, 4).map((file) => ({ ...file, status: 'complete' as const })),
  'some failed': EVERY_STATE.filter(({ status }) => status === 'complete' || status === 'failed'),
  offline: BATCH.slice(9, 13).map((file) => ({ ...file, status: 'offline' as const })),
  'not started': [
    { name: 'Slides.key', size: 22_000_000 },
    { name: 'Notes.md', size: 3_400 },
  ],
  'hard names': HARD_NAMES,
  'a picture': EVERY_STATE.slice(6, 7),
} satisfies Readonly<Record<string, readonly SceneFile[]>>;

interface Args {
  readonly files: keyof typeof FILES;
  readonly restrictions?: Limits;
  readonly autoStart?: boolean;
  readonly disabled?: boolean;
  /** Picked after the scene is set, so that the limits refuse them. */
  readonly refused?: readonly File[];
}

function ScriptedUploader({ files, disabled = false, refused = [], ...options }: Args): ReactNode {
  const strings = useContext(StoryStrings);
  const [{ uppy }] = useState(() => createScene(FILES[files], options));
  // Keyed by `uppy` only: the refused files are added by the play function.
  return (
    <Uploader uppy={uppy} disabled={disabled} strings={strings}>
      {refused.length > 0 && (
        <button type="button" className="portage-button" onClick={() => uppy.addFiles(refused.map(toUppyFile))}>
          Add files that are refused
        </button>
      )}
    </Uploader>
  );
}

const toUppyFile = (file: File) => ({ name: file.name, type: file.type, data: file });

/** The whole uploader, in one element: files are dropped or chosen, and go to the store at once. */
const meta = {
  title: 'Uploader',
  component: ScriptedUploader,
  args: { files: 'none', disabled: false, autoStart: true },
  argTypes: {
    files: { options: Object.keys(FILES), control: 'select', description: 'What is in the list.' },
    disabled: { control: 'boolean' },
    autoStart: { control: 'boolean' },
    restrictions: { control: 'object' },
  },
  parameters: {
    controls: { include: ['files', 'disabled', 'autoStart', 'restrictions'] },
    docs: { source: { code: basic } },
    props: { Uploader: ['OwnUppyByEndpoint', 'OwnUppyOptions', 'UploadRootOptions', 'UploaderPanelProps'] },
  },
} satisfies Meta<typeof ScriptedUploader>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {
  play: inTurn(
    dragsOver('.portage-dropzone'),
    opensPicker('Choose files'),
    opensPicker('Choose a folder', { directory: true }),
  ),
};

export const WithLimits: Story = {
  parameters: { docs: { source: { code: limits } } },
  args: { restrictions: { maxFileSize: 25_000_000, maxNumberOfFiles: 10, allowedFileTypes: ['.jpg', '.png', '.pdf'] } },
  play: says(/25 MB.*10 files/),
};

export const Disabled: Story = {
  tags: ['!dev', '!autodocs'],
  args: { disabled: true },
  play: has('button:disabled', 2),
};

export const EveryState: Story = {
  args: { files: 'one of each state' },
  play: inTurn(says('1 of 9 files uploaded'), has('.portage-item', 9)),
};

export const Cleared: Story = {
  tags: ['!dev', '!autodocs'],
  args: { files: 'one of each state' },
  play: inTurn(clicks('Clear finished'), has('.portage-item', 7)),
};

/** One file says everything in its row. */
export const OneFile: Story = {
  tags: ['!autodocs'],
  args: { files: 'one file' },
  play: inTurn(has('[role=progressbar]'), saysNot(/files uploaded/)),
};

export const Batch: Story = {
  tags: ['!autodocs'],
  args: { files: 'a batch' },
  play: inTurn(says('9 of 24 files uploaded'), hasButton('Pause all')),
};

export const BatchPaused: Story = {
  tags: ['!dev', '!autodocs'],
  args: { files: 'a batch' },
  play: inTurn(clicks('Pause all'), hasButton('Resume all')),
};

export const AllUploaded: Story = {
  args: { files: 'all uploaded' },
  play: inTurn(says('4 files uploaded'), hasNoButton('Pause all')),
};

export const SomeFailed: Story = {
  tags: ['!autodocs'],
  args: { files: 'some failed' },
  play: hasButton('Retry failed'),
};

export const AllRetried: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...SomeFailed.args },
  play: inTurn(clicks('Retry failed'), hasNoButton('Retry failed')),
};

export const Offline: Story = {
  tags: ['!autodocs'],
  args: { files: 'offline' },
  play: has('[data-status=offline].portage-item', 4),
};

export const WaitsForStart: Story = {
  parameters: { docs: { source: { code: start } } },
  args: {
    autoStart: false,
    files: 'not started',
  },
  play: inTurn(says('2 files ready to upload'), hasButton('Upload')),
};

export const HardNames: Story = {
  tags: ['!dev', '!autodocs'],
  args: { files: 'hard names' },
  play: has('.portage-name[title="<b>not bold</b> & \\"quoted\\".html"]'),
};

export const Refused: Story = {
  args: {
    files: 'a picture',
    restrictions: { maxFileSize: 5_000_000, allowedFileTypes: ['.jpg', '.png'] },
    refused: [
      fileOfSize('Panorama.jpg', 31_000_000, 'image/jpeg'),
      fileOfSize('Contract.docx', 48_000),
      fileOfSize('Portrait.jpg', 4_200_000),
    ],
  },
  play: inTurn(clicks('Add files that are refused'), says(/The limit is 5 MB/)),
};
