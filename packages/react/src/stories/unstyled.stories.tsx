import type { Meta, StoryObj } from '@storybook/react-vite';
import { Plain } from './code/unstyled.tsx';
import code from './code/unstyled.tsx?raw';
import { has, inTurn } from './play.ts';
import { Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';
import './unstyled.css';

/** The parts without `style.css`: what a look of your own begins with. */
const meta = {
  title: 'Parts/Unstyled',
  component: Scene,
  parameters: { controls: { disable: true }, docs: { source: { code } } },
} satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Parts: Story = {
  args: {
    files: EVERY_STATE,
    restrictions: { maxFileSize: 2_000_000_000 },
    children: (
      <div className="story-unstyled">
        <Plain />
      </div>
    ),
  },
  play: inTurn(has('[title="Harbour at dawn.mov"]'), has('li[data-status]', 9)),
};
