import type { Meta, StoryObj } from '@storybook/react-vite';
import type { Layout } from '../components/files-panel.tsx';
import * as Upload from '../parts.ts';
import { PictureScene } from './picture-scene.tsx';
import { clicks, has, hasButton, inTurn, opensPicker, says, saysNot } from './play.ts';
import type { SceneFile } from './scripted-uploads.ts';
import './layouts.css';

const LAYOUTS: readonly Layout[] = ['list', 'compact', 'table', 'gallery', 'avatar', 'composer', 'tray'];

/** The layouts of `Uploader`, each loaded where it is used. */
const meta = {
  title: 'Layouts',
  component: PictureScene,
  args: { layout: 'list' },
  argTypes: { layout: { options: LAYOUTS, control: 'select', description: 'How the files are shown.' } },
  parameters: {
    controls: { include: ['layout'] },
  },
} satisfies Meta<typeof PictureScene>;

export default meta;
type Story = StoryObj<typeof meta>;

const PHOTOS: readonly SceneFile[] = [
  { name: 'Harbour at dawn.jpg', status: 'complete' },
  { name: 'Lake, second morning.jpg', status: 'complete' },
  { name: 'Night train.jpg', status: 'uploading', percent: 72 },
  { name: 'Red canyon.jpg', status: 'uploading', percent: 31 },
  { name: 'Dunes.jpg', status: 'retrying', percent: 44 },
  { name: 'Evening.jpg', status: 'paused', percent: 58 },
  {
    name: 'Ridge.jpg',
    status: 'failed',
    percent: 12,
    error: {
      code: 'no-progress',
      message: 'The upload made no progress for 15 minutes, because the storage could not be reached.',
      hint: 'Check your connection, then press Retry. What was already sent is kept.',
    },
  },
];
const MIXED: readonly SceneFile[] = [
  { name: 'Harbour at dawn.jpg', status: 'complete' },
  { name: 'Annual report 2026.pdf', size: 18_300_000, status: 'uploading', percent: 62 },
  { name: 'Interview, uncut.wav', size: 412_000_000, status: 'queued' },
];
const code = (text: string) => ({ docs: { source: { code: text, language: 'tsx' } } });

export const List: Story = {
  args: { files: PHOTOS },
  parameters: code(`<Uploader endpoint="/api/uploads" />`),
  play: inTurn(has('.portage-item', 7), says('2 of 7 files uploaded'), hasButton('Show Harbour at dawn.jpg')),
};

const inFolder = (folder: string, files: readonly SceneFile[]): SceneFile[] =>
  files.map((file) => ({ ...file, path: `${folder}/${file.name}` }));

/** What came in a folder stands below its name: all of it can be paused, resumed, tried again, taken out, and folded. */
export const ListWithFolders: Story = {
  args: {
    files: [
      ...inFolder('Two weeks in Norway', PHOTOS.slice(0, 3)),
      ...inFolder('Two weeks in Norway/Lofoten', PHOTOS.slice(3, 4)),
      ...MIXED.slice(1, 2),
      ...inFolder('Desert', PHOTOS.slice(4, 5)),
      ...inFolder('Evenings', PHOTOS.slice(5)),
    ],
  },
  parameters: code(`<Uploader endpoint="/api/uploads" />`),
  play: inTurn(
    has('.portage-folder', 3),
    says(/^2 of 4 files uploaded/),
    clicks(/^Desert/),
    has('.portage-in-folder', 6),
    clicks(/^Desert/),
    has('.portage-in-folder', 7),
    hasButton('Pause Two weeks in Norway'),
    hasButton('Retry Evenings'),
    hasButton('Resume Evenings'),
  ),
};

/** Rows of 44 pixels. */
export const Compact: Story = {
  args: { layout: 'compact', files: PHOTOS },
  parameters: code(`<Uploader endpoint="/api/uploads" layout="compact" />`),
  play: inTurn(has('.portage-line', 7), hasButton('Retry Ridge.jpg')),
};

/** A table with a head, for those who work with files. On a phone its rows are as those of the list. */
export const Table: Story = {
  args: { layout: 'table', files: PHOTOS },
  parameters: code(`<Uploader endpoint="/api/uploads" layout="table" />`),
  play: inTurn(has('[role=table] .portage-row', 7), hasButton('Retry Ridge.jpg')),
};

/** Square pictures. The mouse, or the arrow keys on the button with the cross, change their order. */
export const Gallery: Story = {
  args: { layout: 'gallery', files: PHOTOS },
  parameters: code(`<Uploader endpoint="/api/uploads" layout="gallery" />`),
  play: inTurn(has('.portage-tile', 7), hasButton('Move Dunes.jpg with the arrow keys')),
};

/** One picture: another one takes its place, and a ring tells its progress. */
export const Avatar: Story = {
  args: { layout: 'avatar', files: [{ name: 'Lake, second morning.jpg', status: 'uploading', percent: 64 }] },
  parameters: code(`<Uploader endpoint="/api/uploads" layout="avatar">
  <img src={user.picture} alt="" />
</Uploader>`),
  play: inTurn(has('.portage-avatar .portage-ring'), hasButton('Change the picture'), hasButton(/^Show Lake/)),
};

/** The child is there until something is picked; without a child there is a drawing. */
export const AvatarWithoutPicture: Story = {
  args: { layout: 'avatar', files: [] },
  parameters: code(`<Uploader endpoint="/api/uploads" layout="avatar" />`),
  play: inTurn(has('.portage-avatar-zone > svg'), opensPicker('Choose a picture')),
};

/** What went wrong is beside the picture. */
export const AvatarFailed: Story = {
  args: { layout: 'avatar', files: PHOTOS.slice(-1) },
  tags: ['!dev', '!autodocs'],
  parameters: code(`<Uploader endpoint="/api/uploads" layout="avatar" />`),
  play: inTurn(hasButton('Retry Ridge.jpg'), hasButton('Change the picture')),
};

/** Below the text of a message. */
export const Composer: Story = {
  args: {
    layout: 'composer',
    files: MIXED,
    children: (
      <textarea className="story-message" aria-label="Message" rows={3} defaultValue="It happens when I save." />
    ),
  },
  parameters: code(`<Uploader endpoint="/api/uploads" layout="composer">
  <textarea aria-label="Message" rows={3} />
</Uploader>`),
  play: inTurn(has('.portage-chip', 3), hasButton('Choose files')),
};

/** In a corner of the window, above the routes: it stays while they come and go. */
export const Tray: Story = {
  args: {
    layout: 'tray',
    files: MIXED,
    children: (
      <div className="story-stack">
        <p>The app, with its routes.</p>
        <Upload.Trigger />
      </div>
    ),
  },
  parameters: code(`<Uploader endpoint="/api/uploads" layout="tray">
  <App />
</Uploader>`),
  play: inTurn(
    has('.portage-tray .portage-line', 3),
    hasButton('Choose files'),
    clicks('Files'),
    has('.portage-tray-body[hidden]'),
    clicks('Files'),
    saysNot('Drop files or folders here'),
  ),
};
