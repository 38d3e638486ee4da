import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useContext, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import code from './code/recovery.tsx?raw';
import { clicks, has, hasButton, inTurn, says } from './play.ts';
import { type SceneUnfinished, scriptedUnfinished } from './scripted-unfinished.ts';
import { createScene, fileOfSize } from './scripted-uploads.ts';
import { StoryStrings } from './story-strings.ts';

const HOUR = 3_600_000;

const FILM: SceneUnfinished = { name: 'film.mp4', size: 1_200_000_000, age: 30 * HOUR };
const ARCHIVE: SceneUnfinished = { name: 'Photos 2019–2026.zip', size: 18_400_000_000, age: 2 * HOUR, oneClick: true };

function Recovering({ unfinished }: { readonly unfinished: readonly SceneUnfinished[] }): ReactNode {
  const strings = useContext(StoryStrings);
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
  return <Uploader uppy={uppy} strings={strings} />;
}

/** What an earlier page began can go on: after a reload, a crash, a closed laptop. */
const meta = {
  title: 'Uploader/Recovery',
  component: Recovering,
  args: { unfinished: [FILM, ARCHIVE] },
  parameters: { controls: { disable: true }, docs: { source: { code } } },
} satisfies Meta<typeof Recovering>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Offered: Story = {
  play: inTurn(says('film.mp4'), says('To continue, pick the same file again.'), hasButton('Continue film.mp4')),
};

export const OneClick: Story = {
  args: { unfinished: [ARCHIVE] },
  play: inTurn(clicks(`Continue ${ARCHIVE.name}`), has('[role=progressbar]')),
};

/** The browser had kept where the file is, but it is not there any more. */
export const HasToBePickedAfterAll: Story = {
  args: { unfinished: [{ ...ARCHIVE, lost: true }] },
  play: inTurn(clicks(`Continue ${ARCHIVE.name}`), says('The file cannot be read')),
};

export const Discarded: Story = {
  tags: ['!dev', '!autodocs'],
  play: inTurn(clicks('Discard film.mp4'), says('1 unfinished upload')),
};

export const HardNames: Story = {
  tags: ['!dev', '!autodocs'],
  args: {
    unfinished: [
      { ...FILM, name: `${'a-very-long-name-without-a-space-'.repeat(6)}final.psd` },
      { ...ARCHIVE, name: 'تقرير المبيعات السنوي ٢٠٢٦.xlsx' },
    ],
  },
  play: says('2 unfinished uploads'),
};
