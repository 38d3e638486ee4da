import type { Meta, StoryObj } from '@storybook/react-vite';
import * as Upload from '../parts.ts';
import avatar from './code/avatar.tsx?raw';
import grid from './code/grid.tsx?raw';
import { has, hasButton, inTurn, opensPicker, says } from './play.ts';
import { rows, Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';
import './layouts.css';

/** The same parts, put together in other ways. */
const meta = {
  title: 'Layouts',
  component: Scene,
  parameters: { controls: { disable: true } },
} satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A round dropzone. */
export const Avatar: Story = {
  parameters: { docs: { source: { code: avatar } } },
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

/** Tiles in place of rows. */
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
