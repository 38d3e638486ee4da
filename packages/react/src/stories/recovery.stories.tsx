import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { userEvent, within } from 'storybook/test';
import { Uploader } from '../components/uploader.tsx';
import { type SceneUnfinished, scriptedUnfinished } from './scripted-unfinished.ts';
import { createScene, fileOfSize } from './scripted-uploads.ts';

const HOUR = 3_600_000;

const FILM: SceneUnfinished = { name: 'film.mp4', size: 1_200_000_000, age: 30 * HOUR };
const ARCHIVE: SceneUnfinished = { name: 'Photos 2019–2026.zip', size: 18_400_000_000, age: 2 * HOUR, oneClick: true };

function Recovering({ unfinished }: { readonly unfinished: readonly SceneUnfinished[] }): ReactNode {
  const [{ uppy }] = useState(() => {
    const scene = createScene([], {
      unfinished: scriptedUnfinished(unfinished, (name) => {
        const id = scene.uppy.addFile({ name, data: fileOfSize(name, 1_200_000_000) });
        const progress = { loaded: 504_000_000, total: 1_200_000_000, percent: 42, speed: 9_400_000, eta: 74 };
        scene.uploads.put(id, { status: 'uploading', progress, retryAt: undefined, error: undefined });
      }),
    });
    return scene;
  });
  return <Uploader uppy={uppy} />;
}

/** What an earlier page began can go on: after a reload, a crash, a closed laptop. */
const meta = {
  title: 'Uploader/Recovery',
  component: Recovering,
  args: { unfinished: [FILM, ARCHIVE] },
} satisfies Meta<typeof Recovering>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Offered: Story = {
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('film.mp4');
  },
};

export const OneClick: Story = {
  args: { unfinished: [ARCHIVE] },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: `Continue ${ARCHIVE.name}` }));
    await canvas.findByRole('progressbar', { name: `Progress of ${ARCHIVE.name}` });
  },
};

/** The browser had kept where the file is, but it is not there any more. */
export const HasToBePickedAfterAll: Story = {
  args: { unfinished: [{ ...ARCHIVE, lost: true }] },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: `Continue ${ARCHIVE.name}` }));
    await canvas.findByText('The file cannot be read');
  },
};

export const Discarded: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Discard film.mp4' }));
    await canvas.findByText('1 unfinished upload');
  },
};

export const HardNames: Story = {
  args: {
    unfinished: [
      { ...FILM, name: `${'a-very-long-name-without-a-space-'.repeat(6)}final.psd` },
      { ...ARCHIVE, name: 'تقرير المبيعات السنوي ٢٠٢٦.xlsx' },
    ],
  },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('2 unfinished uploads');
  },
};
