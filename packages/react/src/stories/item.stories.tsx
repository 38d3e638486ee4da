import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { UploaderItem } from '../components/uploader.tsx';
import * as Upload from '../parts.ts';
import { Scene } from './scene.tsx';
import type { SceneFile } from './scripted-uploads.ts';

function Row({ file }: { readonly file: SceneFile }): ReactNode {
  return (
    <Scene files={[file]}>
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
    </Scene>
  );
}

const meta = {
  title: 'Parts/Item',
  component: Row,
} satisfies Meta<typeof Row>;

export default meta;
type Story = StoryObj<typeof meta>;

const file = { name: 'Drone footage.mp4', size: 2_960_000_000 };
const at = (rest: Omit<SceneFile, 'name'>): Story => ({ args: { file: { ...file, ...rest } } });

export const NotStarted: Story = at({});
export const Queued: Story = at({ status: 'queued' });
export const Resuming: Story = at({ status: 'resuming', percent: 37 });
export const Uploading: Story = at({ status: 'uploading', percent: 37, speed: 11_200_000 });
export const JustStarted: Story = at({ status: 'uploading', percent: 0, speed: 0 });
export const Retrying: Story = at({ status: 'retrying', percent: 37 });
/** Far enough in the future that the words stay what they are. */
export const RetryingLater: Story = at({ status: 'retrying', percent: 37, retryAt: Date.UTC(2100, 0) });
export const Offline: Story = at({ status: 'offline', percent: 37 });
export const Paused: Story = at({ status: 'paused', percent: 37 });
export const Verifying: Story = at({ status: 'verifying' });
export const Complete: Story = at({ status: 'complete' });
export const Canceled: Story = at({ status: 'canceled', percent: 37 });
export const Failed: Story = at({
  status: 'failed',
  percent: 37,
  error: {
    code: 'store-refused',
    message: 'The storage refused the upload (403 AccessDenied).',
    hint: 'Try again later. If it stays, tell the owner of this page: the storage permissions or its clock may be wrong.',
  },
});
export const FailedForGood: Story = at({
  status: 'failed',
  percent: 37,
  error: {
    code: 'file-unreadable',
    message: 'The file can no longer be read. It may have been moved, changed or deleted since it was picked.',
    hint: 'Pick the file again.',
    retryable: false,
  },
});
export const EmptyFile: Story = { args: { file: { name: 'empty.txt', size: 0, status: 'complete' } } };
