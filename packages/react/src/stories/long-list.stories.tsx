import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useContext, useState } from 'react';
import { userEvent, within } from 'storybook/test';
import { Uploader } from '../components/uploader.tsx';
import { useUploadActions } from '../hooks/use-upload.ts';
import code from './code/uploader.tsx?raw';
import { createScene, fileOfSize } from './scripted-uploads.ts';
import { StoryStrings } from './story-strings.ts';

interface Args {
  /** How many files are added with one click. */
  readonly count: number;
}

function AddMany({ count }: Args): ReactNode {
  const { addFiles } = useUploadActions();
  const add = () =>
    addFiles(Array.from({ length: count }, (_, index) => fileOfSize(`IMG_${index + 1}.jpg`, 4_000_000 + index * 731)));
  return (
    <button type="button" className="portage-button" onClick={add}>
      Add {count.toLocaleString('en')} files
    </button>
  );
}

function LongList({ count }: Args): ReactNode {
  const strings = useContext(StoryStrings);
  const [{ uppy }] = useState(() => createScene([]));
  return (
    <Uploader uppy={uppy} strings={strings}>
      <AddMany count={count} />
    </Uploader>
  );
}

/** From 100 files on, only the rows that are seen are rendered, and Uppy holds only a window of the files. */
const meta = {
  title: 'Uploader/Long list',
  component: LongList,
  args: { count: 10_000 },
  argTypes: { count: { control: { type: 'number', min: 1, max: 100_000 } } },
  parameters: { docs: { source: { code } } },
} satisfies Meta<typeof LongList>;

export default meta;
type Story = StoryObj<typeof meta>;

export const TenThousand: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Add 10,000 files' }));
    await canvas.findByText('IMG_3.jpg');
    await canvas.findByText('0 of 10,000 files uploaded');
  },
};
