import type { Meta, StoryObj } from '@storybook/react-vite';
import Dashboard from '@uppy/dashboard';
import { useUppyContext } from '@uppy/react';
import { type ReactNode, useEffect, useRef } from 'react';
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';
import './layouts.css';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';

/** `Upload.Root` is also the provider of `@uppy/react`: its hooks and Uppy's Dashboard work inside it. */
const meta = { title: 'With Uppy/Inside Upload.Root', component: Scene } satisfies Meta<typeof Scene>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A hook of `@uppy/react` beside a part of ours. */
export const Hook: Story = {
  args: {
    files: EVERY_STATE.slice(0, 3),
    children: (
      <>
        <HookStatus />
        <Upload.Summary />
      </>
    ),
  },
};

function HookStatus(): ReactNode {
  const { status, progress } = useUppyContext();
  return (
    <p>
      `useUppyContext` of Uppy says: {status}, {progress}%
    </p>
  );
}

/** Uppy's own Dashboard on the same uploads, with our total below. */
export const DashboardInside: Story = {
  args: {
    files: EVERY_STATE.slice(0, 3),
    children: (
      <>
        <DashboardHere />
        <Upload.TotalProgress />
      </>
    ),
  },
};

function DashboardHere(): ReactNode {
  const { uppy } = useUploadContext();
  const target = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!target.current) return;
    uppy.use(Dashboard, { inline: true, hideUploadButton: true, target: target.current, width: '100%', height: 400 });
    return () => {
      const plugin = uppy.getPlugin('Dashboard');
      if (plugin) uppy.removePlugin(plugin);
    };
  }, [uppy]);
  return <div ref={target} className="story-dashboard" />;
}
