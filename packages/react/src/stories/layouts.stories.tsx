import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { UploaderItem } from '../components/item-row.tsx';
import { useDropzone } from '../hooks/use-dropzone.ts';
import * as Upload from '../parts.ts';
import { barAt, clicks, has, hasButton, inTurn, opensPicker, says } from './play.ts';
import { Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';
import './layouts.css';

/** Five layouts of the same parts. */
const meta = { title: 'Layouts', component: Scene } satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

const rows = <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>;

/** One file at most: the row takes the place of many. */
export const SingleFile: Story = {
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

/** A round dropzone. */
export const Avatar: Story = {
  args: {
    restrictions: { maxNumberOfFiles: 1, allowedFileTypes: ['image/*'] },
    files: [{ name: 'me.jpg', size: 2_100_000, status: 'complete' }],
    children: (
      <div className="story-stack story-avatar">
        <Upload.Dropzone>
          <Upload.Trigger className="portage-quiet">Your picture</Upload.Trigger>
        </Upload.Dropzone>
        {rows}
      </div>
    ),
  },
  play: inTurn(opensPicker('Your picture'), says('Uploaded')),
};

/** A button in a form, and what it brought; the form waits for it. */
export const InlineButton: Story = {
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

/** Tiles in place of rows. */
export const Grid: Story = {
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
