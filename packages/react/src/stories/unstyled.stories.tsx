import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import * as Upload from '../parts.ts';
import { clicks, has, inTurn, says } from './play.ts';
import { Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';
import { createScene, fileOfSize } from './scripted-uploads.ts';
import './unstyled.css';

/** The parts without `style.css`: what a look of your own begins with. */
const meta = { title: 'Parts/Unstyled', component: Scene } satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Parts: Story = {
  args: {
    files: EVERY_STATE,
    restrictions: { maxFileSize: 2_000_000_000 },
    children: (
      <div className="story-unstyled">
        <Upload.Dropzone>
          <Upload.Trigger />
          <Upload.Hint />
        </Upload.Dropzone>
        <Upload.Summary />
        <Upload.PauseAll />
        <Upload.List>
          {(id) => (
            <Upload.Item id={id}>
              <Upload.ItemName render={<strong />} /> <Upload.ItemSize />
              <br />
              <Upload.ItemStatus />
              <Upload.ItemProgress />
              <Upload.ItemError />
              <Upload.ItemRetry /> <Upload.ItemPause /> <Upload.ItemRemove />
            </Upload.Item>
          )}
        </Upload.List>
      </div>
    ),
  },
  play: inTurn(says('Harbour at dawn.mov'), has('li[data-status]', 9)),
};

const FILES = ['Notes.md', 'Slides.key', 'Budget.xlsx'].map((name, index) => fileOfSize(name, 20_000 + index));

function Controlled(): ReactNode {
  const [{ uppy }] = useState(() => createScene([]));
  const [files, setFiles] = useState<readonly File[]>(FILES.slice(0, 2));
  const next = FILES.find((file) => !files.includes(file));
  return (
    <Uploader uppy={uppy} files={files} onFilesChange={setFiles}>
      <p>The app holds: {files.map(({ name }) => name).join(', ') || 'nothing'}</p>
      <button
        type="button"
        className="portage-button"
        disabled={!next}
        onClick={() => next && setFiles([...files, next])}
      >
        Add one from the app
      </button>
    </Uploader>
  );
}

/** The app holds the array of files; see `files` and `onFilesChange`. */
export const HeldByTheApp: Story = {
  render: () => <Controlled />,
  play: inTurn(
    says('The app holds: Notes.md, Slides.key'),
    clicks(/Notes\.md/),
    says('The app holds: Slides.key'),
    clicks('Add one from the app'),
    says('The app holds: Slides.key, Notes.md'),
    has('.portage-item', 2),
  ),
};
