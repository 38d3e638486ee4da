import type { Meta, StoryObj } from '@storybook/react-vite';
import * as Upload from '../parts.ts';
import { Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';

/** Each part on its own, as an app would use it in a layout of its own. */
const meta = { title: 'Parts/On their own', component: Scene } satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Trigger: Story = { args: { children: <Upload.Trigger>Attach a file</Upload.Trigger> } };

export const TriggerDisabled: Story = { args: { disabled: true, children: <Upload.Trigger /> } };

export const TriggerForFolders: Story = { args: { children: <Upload.Trigger directory /> } };

export const Dropzone: Story = {
  args: {
    children: (
      <Upload.Dropzone>
        <p className="portage-dropzone-text">A dropzone with words of its own</p>
        <Upload.Trigger />
      </Upload.Dropzone>
    ),
  },
};

export const DropzoneDisabled: Story = { args: { ...Dropzone.args, disabled: true } };

export const Hint: Story = {
  args: {
    restrictions: { maxFileSize: 2_000_000_000, maxNumberOfFiles: 3, allowedFileTypes: ['image/*', '.pdf'] },
    children: <Upload.Hint />,
  },
};

export const Summary: Story = { args: { files: EVERY_STATE, children: <Upload.Summary /> } };

export const TotalProgress: Story = { args: { files: EVERY_STATE, children: <Upload.TotalProgress /> } };

export const ButtonsForAll: Story = {
  args: {
    files: EVERY_STATE,
    children: (
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Upload.PauseAll />
        <Upload.RetryAll />
        <Upload.Clear />
      </div>
    ),
  },
};

export const Start: Story = {
  args: { files: [{ name: 'Notes.md', size: 3_400 }], autoStart: false, children: <Upload.Start /> },
};

const item = (children: Parameters<typeof Upload.Item>[0]['children']): Story => ({
  args: {
    files: [EVERY_STATE[0] ?? { name: 'a' }],
    children: <Upload.List>{(id) => <Upload.Item id={id}>{children}</Upload.Item>}</Upload.List>,
  },
});

export const ItemPreview: Story = item(<Upload.ItemPreview />);
export const ItemName: Story = item(<Upload.ItemName />);
export const ItemSize: Story = item(<Upload.ItemSize />);
export const ItemProgress: Story = item(<Upload.ItemProgress style={{ flex: 1 }} />);
export const ItemPercent: Story = item(<Upload.ItemPercent />);
export const ItemStatus: Story = item(<Upload.ItemStatus />);
export const ItemPause: Story = item(<Upload.ItemPause />);
export const ItemRemove: Story = item(<Upload.ItemRemove />);
export const ItemRetryAndError: Story = {
  args: {
    files: EVERY_STATE.filter(({ status }) => status === 'failed'),
    children: (
      <Upload.List>
        {(id) => (
          <Upload.Item id={id}>
            <Upload.ItemError />
            <Upload.ItemRetry />
          </Upload.Item>
        )}
      </Upload.List>
    ),
  },
};
