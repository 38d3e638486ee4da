import type { Meta, StoryObj } from '@storybook/react-vite';
import * as Upload from '../parts.ts';
import dropzone from './code/dropzone.tsx?raw';
import formField from './code/form-field.tsx?raw';
import rowParts from './code/row-parts.tsx?raw';
import totals from './code/totals.tsx?raw';
import trigger from './code/trigger.tsx?raw';
import { barAt, clicks, dragsOver, has, hasButton, hasNoButton, inTurn, opensPicker, type Play, says } from './play.ts';
import { Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';

/** Each part on its own, as an app would use it in a layout of its own. All of them take the props of their element, and `render`. */
const meta = {
  title: 'Parts/On their own',
  component: Scene,
  args: { disabled: false },
  argTypes: { disabled: { control: 'boolean', description: 'Whether nothing can be picked or dropped.' } },
  parameters: {
    controls: { include: ['disabled'] },
    docs: { source: { code: rowParts } },
    props: {
      'Upload.Root': ['UploadRootOptions'],
      'Upload.Trigger': ['UploadTriggerProps'],
      'Upload.FormField': ['UploadFormFieldProps'],
      'Upload.List': ['UploadListProps'],
      'Upload.Item': ['UploadItemProps'],
    },
  },
} satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Trigger: Story = {
  parameters: { docs: { source: { code: trigger } } },
  args: { children: <Upload.Trigger>Attach a file</Upload.Trigger> },
  play: opensPicker('Attach a file'),
};

export const TriggerDisabled: Story = {
  tags: ['!dev', '!autodocs'],
  args: { disabled: true, children: <Upload.Trigger /> },
  play: has('button:disabled'),
};

export const TriggerForFolders: Story = {
  parameters: { docs: { source: { code: trigger } } },
  args: { children: <Upload.Trigger directory /> },
  play: opensPicker('Choose a folder', { directory: true }),
};

export const Dropzone: Story = {
  parameters: { docs: { source: { code: dropzone } } },
  args: {
    children: (
      <Upload.Dropzone>
        <p className="portage-dropzone-text">A dropzone with words of its own</p>
        <Upload.Trigger />
      </Upload.Dropzone>
    ),
  },
  play: inTurn(dragsOver('.portage-dropzone'), opensPicker('Choose files')),
};

export const DropzoneDisabled: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...Dropzone.args, disabled: true },
  play: has('[data-disabled]'),
};

export const Hint: Story = {
  parameters: { docs: { source: { code: dropzone } } },
  args: {
    restrictions: { maxFileSize: 2_000_000_000, maxNumberOfFiles: 3, allowedFileTypes: ['image/*', '.pdf'] },
    children: <Upload.Hint />,
  },
  play: says(/2 GB.*3 files/),
};

export const Summary: Story = {
  parameters: { docs: { source: { code: totals } } },
  args: { files: EVERY_STATE, children: <Upload.Summary /> },
  play: inTurn(says('1 of 9 files uploaded'), has('[data-active]')),
};

export const TotalProgress: Story = {
  parameters: { docs: { source: { code: totals } } },
  args: { files: EVERY_STATE, children: <Upload.TotalProgress /> },
  play: barAt(49, /^49%, 1 of 9 files uploaded$/),
};

export const ButtonsForAll: Story = {
  parameters: { docs: { source: { code: totals } } },
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
  play: inTurn(hasButton('Pause all'), hasButton('Retry failed'), hasButton('Clear finished')),
};

export const ButtonsForAllUsed: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...ButtonsForAll.args },
  play: inTurn(
    clicks('Pause all'),
    clicks('Resume all'),
    hasButton('Pause all'),
    clicks('Retry failed'),
    hasNoButton('Retry failed'),
    clicks('Clear finished'),
    hasNoButton('Clear finished'),
  ),
};

export const Start: Story = {
  parameters: { docs: { source: { code: totals } } },
  args: { files: [{ name: 'Notes.md', size: 3_400 }], autoStart: false, children: <Upload.Start /> },
  play: hasButton('Upload'),
};

export const FormField: Story = {
  parameters: { docs: { source: { code: formField } } },
  args: {
    children: (
      <form onSubmit={(event) => event.preventDefault()}>
        <Upload.Trigger className="portage-quiet" />{' '}
        <button type="submit" className="portage-trigger">
          Send
        </button>
        <Upload.FormField name="files" required />
      </form>
    ),
  },
  play: inTurn(clicks('Send'), says('Add a file.'), has('[data-verdict=required]')),
};

const item = (children: Parameters<typeof Upload.Item>[0]['children'], play: Play): Story => ({
  args: {
    files: [EVERY_STATE[0] ?? { name: 'a' }],
    children: <Upload.List>{(id) => <Upload.Item id={id}>{children}</Upload.Item>}</Upload.List>,
  },
  play,
});

export const ItemPreview: Story = item(<Upload.ItemPreview />, has('[data-kind=film]'));
export const ItemName: Story = item(<Upload.ItemName />, has('[title="Harbour at dawn.mov"]'));
export const ItemSize: Story = item(<Upload.ItemSize />, says('1.8 GB'));
export const ItemProgress: Story = item(<Upload.ItemProgress style={{ flex: 1 }} />, barAt(62, /^62%, 30 sec left$/));
export const ItemPercent: Story = item(<Upload.ItemPercent />, says('62%'));
export const ItemStatus: Story = item(
  <Upload.ItemStatus />,
  inTurn(says('30 sec left'), says(/25 MB\/s/), says(/1.1 GB of 1.8 GB/)),
);
export const ItemPause: Story = item(
  <Upload.ItemPause />,
  inTurn(clicks('Pause Harbour at dawn.mov'), has('[data-paused]'), clicks('Resume Harbour at dawn.mov')),
);
export const ItemRemove: Story = item(<Upload.ItemRemove />, hasButton('Cancel Harbour at dawn.mov'));
export const ItemRemoved: Story = {
  ...item(<Upload.ItemRemove />, inTurn(clicks('Cancel Harbour at dawn.mov'), has('.portage-item', 0))),
  tags: ['!dev', '!autodocs'],
};
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
  play: inTurn(says('The connection was lost'), says(/then press Retry/), hasButton('Retry Backup.tar.gz')),
};
