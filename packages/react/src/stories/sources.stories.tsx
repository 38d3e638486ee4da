import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { Camera } from '../camera/index.ts';
import { FromUrl } from '../from-url/index.ts';
import camera from './code/camera.tsx?raw';
import fromUrl from './code/from-url.tsx?raw';
import { PictureScene } from './picture-scene.tsx';
import { clicks, has, hasButton, inTurn, type Play, says, seesPicture } from './play.ts';

/** Where files come from, besides the picker, a drop and a paste. Each is an entry of its own, and loaded where it is used. */
const meta = {
  title: 'Parts/Camera and addresses',
  component: PictureScene,
  args: { files: [] },
  parameters: { controls: { disable: true }, props: { Camera: ['CameraProps'], FromUrl: ['FromUrlProps'] } },
} satisfies Meta<typeof PictureScene>;

export default meta;
type Story = StoryObj<typeof meta>;

/** On phones the system's own camera takes the photo. Elsewhere a dialog shows what the camera sees. */
export const FromCamera: Story = {
  name: 'Camera',
  args: { children: <Camera facing="user" /> },
  parameters: { docs: { source: { code: camera } } },
  play: hasButton('Take a photo'),
};

export const CameraOpen: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...FromCamera.args },
  parameters: { docs: { source: { code: camera } } },
  play: inTurn(clicks('Take a photo'), has('dialog[open] video'), seesPicture, hasButton('Take the photo')),
};

export const CameraTaken: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...FromCamera.args },
  parameters: { docs: { source: { code: camera } } },
  play: inTurn(CameraOpen.play as Play, clicks('Take the photo'), hasButton('Take another one'), has('dialog img')),
};

/** The browser has no camera to give: as it says so. */
export const CameraMissing: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...FromCamera.args },
  parameters: { docs: { source: { code: camera } } },
  play: async (context) => {
    const { mediaDevices } = navigator;
    const { getUserMedia } = mediaDevices;
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
    try {
      await inTurn(clicks('Take a photo'), says('No camera was found'), hasButton('Retry'))(context);
    } finally {
      mediaDevices.getUserMedia = getUserMedia;
    }
  },
};

/** A Companion server of Uppy fetches the file and sends it to the store. */
export const FromAddress: Story = {
  args: { children: <FromUrl companionUrl="https://companion.invalid" /> },
  parameters: { docs: { source: { code: fromUrl } } },
  play: hasButton('Add'),
};

export const FromAddressRefused: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...FromAddress.args },
  parameters: { docs: { source: { code: fromUrl } } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const field = await canvas.findByRole('textbox');
    await userEvent.type(field, 'ftp://example.com/lake.jpg{Enter}');
    await waitFor(() => expect(field).toHaveAttribute('aria-invalid', 'true'));
    await canvas.findByText(/^This is not the address/);
  },
};
