import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useContext, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import { useDropzone } from '../hooks/use-dropzone.ts';
import * as Upload from '../parts.ts';
import fullPage from './code/full-page.tsx?raw';
import grid from './code/grid.tsx?raw';
import heldByTheApp from './code/held-by-the-app.tsx?raw';
import message from './code/message.tsx?raw';
import singleFile from './code/single-file.tsx?raw';
import { barAt, clicks, has, hasButton, inTurn, opensPicker, says } from './play.ts';
import { rows, Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';
import { createScene, fileOfSize } from './scripted-uploads.ts';
import { StoryStrings } from './story-strings.ts';
import './layouts.css';

/** What apps do with it: one file, a message, a page that takes drops, tiles, files that the app holds. */
const meta = {
  title: 'Recipes',
  component: Scene,
  parameters: { controls: { disable: true } },
} satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

/** One file at most: the row takes the place of many. */
export const SingleFile: Story = {
  parameters: { docs: { source: { code: singleFile } } },
  args: {
    restrictions: { maxNumberOfFiles: 1, allowedFileTypes: ['.pdf'] },
    files: [{ name: 'Curriculum vitae.pdf', size: 1_300_000, status: 'uploading', percent: 64 }],
    children: (
      <div className="story-stack">
        <Upload.Trigger>Choose your CV</Upload.Trigger>
        <Upload.Hint />
        {rows}
      </div>
    ),
  },
  play: inTurn(opensPicker('Choose your CV'), barAt(64, /left/)),
};

/** A button in a form, and what it brought; the form waits for it. */
export const InlineButton: Story = {
  parameters: { docs: { source: { code: message } } },
  args: {
    files: [
      { name: 'screenshot.png', size: 840_000, status: 'complete' },
      { name: 'trace.har', size: 9_400_000, status: 'uploading', percent: 30 },
    ],
    children: (
      <form className="story-composer" onSubmit={(event) => event.preventDefault()}>
        <textarea aria-label="Message" rows={3} defaultValue="It happens when I press save." />
        {rows}
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          <Upload.Trigger className="portage-quiet">Attach</Upload.Trigger>
          <button type="submit" className="portage-trigger">
            Send
          </button>
        </div>
        <Upload.FormField name="attachments" />
      </form>
    ),
  },
  play: inTurn(clicks('Send'), says('Wait until the upload is done, or cancel it.')),
};

/** Drops are taken anywhere on the page. */
export const FullPage: Story = {
  parameters: { docs: { source: { code: fullPage } } },
  args: { files: EVERY_STATE.slice(0, 2), children: <DropPage /> },
  play: inTurn(opensPicker('Choose files'), has('.portage-item', 2)),
};

function DropPage(): ReactNode {
  const { getRootProps, isDragging } = useDropzone();
  return (
    <div
      {...getRootProps({ className: 'story-page', onClick: (event) => event.preventDefault() })}
      data-dragging={isDragging ? '' : undefined}
    >
      <div className="story-stack">
        <p>Drop files anywhere on this page, or</p>
        <Upload.Trigger />
        {rows}
      </div>
    </div>
  );
}

/** Tiles in place of rows, from the same parts. */
export const Grid: Story = {
  parameters: { docs: { source: { code: grid } } },
  args: {
    files: EVERY_STATE.filter(({ status }) => status !== 'failed'),
    children: (
      <div className="story-stack story-grid">
        <Upload.Trigger>Add pictures</Upload.Trigger>
        <Upload.List>
          {(id) => (
            <Upload.Item id={id}>
              <Upload.ItemPreview />
              <Upload.ItemName />
              <Upload.ItemProgress />
              <Upload.ItemStatus />
              <div className="portage-item-buttons">
                <Upload.ItemPause />
                <Upload.ItemRemove />
              </div>
            </Upload.Item>
          )}
        </Upload.List>
      </div>
    ),
  },
  play: inTurn(hasButton('Add pictures'), has('.portage-item', 8)),
};

const FILES = ['Notes.md', 'Slides.key', 'Budget.xlsx'].map((name, index) => fileOfSize(name, 20_000 + index));

function Controlled(): ReactNode {
  const strings = useContext(StoryStrings);
  const [{ uppy }] = useState(() => createScene([]));
  const [files, setFiles] = useState<readonly File[]>(FILES.slice(0, 2));
  const next = FILES.find((file) => !files.includes(file));
  return (
    <Uploader uppy={uppy} strings={strings} files={files} onFilesChange={setFiles}>
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
  parameters: { docs: { source: { code: heldByTheApp } } },
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
