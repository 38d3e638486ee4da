import { StoreRefusedError } from '@portage/uppy';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import source from '../components/item-row.tsx?raw';
import {
  barAt,
  clicks,
  has,
  hasButton,
  hasNoButton,
  inTurn,
  isIndeterminate,
  type Play,
  says,
  saysNot,
} from './play.ts';
import { rows, Scene } from './scene.tsx';
import { type SceneFile, STATUSES } from './scripted-uploads.ts';

function Row(file: SceneFile): ReactNode {
  return <Scene files={[file]}>{rows}</Scene>;
}

/** As an app would write it. */
const code = source
  .replace("'use client';\n", '')
  .replace("* as Upload from '../parts.ts'", "{ Upload } from '@portage/react'");

/** A file's row, in each state. */
const meta = {
  title: 'Parts/Item',
  component: Row,
  argTypes: {
    name: { control: 'text', description: 'Of the file.' },
    size: { control: 'number', description: 'Of the file, in bytes.' },
    status: { options: STATUSES, control: 'select', description: 'Where its upload is.' },
    percent: { control: { type: 'range', min: 0, max: 100 }, description: 'How much of it is sent.' },
    speed: { control: 'number', description: 'In bytes each second.' },
  },
  parameters: {
    controls: { include: ['name', 'size', 'status', 'percent', 'speed'] },
    docs: { source: { code } },
    props: { 'Upload.Item': ['UploadItemProps'] },
  },
} satisfies Meta<typeof Row>;

export default meta;
type Story = StoryObj<typeof meta>;

const file = { name: 'Drone footage.mp4', size: 2_960_000_000 };
const at = (rest: Omit<SceneFile, 'name'>, ...plays: readonly Play[]): Story => ({
  args: { ...file, ...rest },
  play: inTurn(...plays),
});

/** Of no interest to visitors. */
const inTests = (story: Story): Story => ({ ...story, tags: ['!dev', '!autodocs'] });

const CANCEL = `Cancel ${file.name}`;
const REMOVE = `Remove ${file.name} from the list`;
const PAUSE = `Pause ${file.name}`;
const RESUME = `Resume ${file.name}`;
const RETRY = `Retry ${file.name}`;

export const NotStarted: Story = at({}, says('Waiting'), hasButton(CANCEL), hasNoButton(PAUSE));
export const Queued: Story = inTests(at({ status: 'queued' }, says('Waiting'), hasButton(CANCEL), hasNoButton(PAUSE)));
export const CanceledWhileQueued: Story = inTests(at({ status: 'queued' }, clicks(CANCEL), saysNot(file.name)));
export const Preparing: Story = at(
  { status: 'preparing' },
  says('Preparing'),
  barAt(0, /Preparing/),
  clicks(PAUSE),
  says('Paused'),
);
export const Resuming: Story = at(
  { status: 'resuming', percent: 37 },
  says('Continuing from 37%'),
  barAt(37, /Continuing/),
  hasButton(PAUSE),
);
export const Uploading: Story = at(
  { status: 'uploading', percent: 37, speed: 11_200_000 },
  says(/1\.1 GB of 3 GB/),
  says(/11 MB\/s/),
  says(/left$/),
  barAt(37, /left/),
  clicks(PAUSE),
  says('Paused at 37%'),
  clicks(RESUME),
  says(/1\.1 GB of 3 GB/),
);
export const JustStarted: Story = inTests(
  at({ status: 'uploading', percent: 0, speed: 0 }, says('0 bytes of 3 GB'), barAt(0, /^0%$/)),
);
/** Behind a service worker that answers, say. */
export const NothingToShow: Story = at(
  { status: 'uploading', unseen: true, speed: 0 },
  says('Uploading, progress cannot be shown'),
  saysNot('0%'),
  isIndeterminate('Uploading, progress cannot be shown'),
);
export const Retrying: Story = at(
  { status: 'retrying', percent: 37 },
  says(/trying again/i),
  barAt(37, /trying again/i),
);
/** Far enough in the future that the words stay what they are. */
export const RetryingLater: Story = inTests(
  at({ status: 'retrying', percent: 37, retryAt: Date.UTC(2100, 0) }, says(/again in \d/i), hasButton(PAUSE)),
);
export const Offline: Story = at({ status: 'offline', percent: 37 }, says(/You are offline/), hasButton(PAUSE));
export const Paused: Story = at({ status: 'paused', percent: 37 }, says('Paused at 37%'), hasButton(RESUME));
export const Verifying: Story = at(
  { status: 'verifying' },
  says('All sent, checking the file'),
  barAt(100, /checking/),
  hasNoButton(PAUSE),
);
export const Complete: Story = at({ status: 'complete' }, says('Uploaded'), has('.portage-badge'), hasButton(REMOVE));
export const RemovedWhenComplete: Story = inTests(at({ status: 'complete' }, clicks(REMOVE), saysNot(file.name)));
export const Canceled: Story = at(
  { status: 'canceled', percent: 37 },
  says('Canceled'),
  hasNoButton(PAUSE),
  hasButton(REMOVE),
);
const FAILED: Omit<SceneFile, 'name'> = {
  status: 'failed',
  percent: 37,
  error: new StoreRefusedError(403, 'AccessDenied'),
};
export const Failed: Story = at(
  FAILED,
  says('The file could not be stored'),
  says(/403 AccessDenied/),
  says(/Press Retry later/),
  has('[data-code=store-refused]'),
  hasButton(RETRY),
);
export const RetriedAfterFailure: Story = inTests(
  at(FAILED, clicks(RETRY), has('[data-code=store-refused]', 0), hasButton(PAUSE)),
);
export const FailedForGood: Story = at(
  {
    status: 'failed',
    percent: 37,
    error: {
      code: 'file-unreadable',
      message: 'The file can no longer be read. It may have been moved, changed or deleted since it was picked.',
      hint: 'Pick the file again.',
      retryable: false,
    },
  },
  says('The file cannot be read'),
  says('Pick the file again.'),
  hasNoButton(RETRY),
  hasButton(REMOVE),
);
export const EmptyFile: Story = {
  args: { name: 'empty.txt', size: 0, status: 'complete' },
  play: inTurn(says('0 bytes'), says('Uploaded')),
};
