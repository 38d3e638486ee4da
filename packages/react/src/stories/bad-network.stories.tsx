import type { Meta, StoryObj } from '@storybook/react-vite';
import uploader from './code/uploader.tsx?raw';
import { hasButton, inTurn, picks } from './play.ts';
import { TryNetwork } from './try-network.tsx';

/** Choose a network, and watch uploads get through it: interrupted, offline, going on where they were. */
const meta = {
  title: 'Uploader/Bad network',
  component: TryNetwork,
  parameters: { controls: { disable: true }, docs: { source: { code: uploader } } },
} satisfies Meta<typeof TryNetwork>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Uploading: Story = {
  play: inTurn(hasButton('Choose files'), picks('No network'), picks('Good')),
};
