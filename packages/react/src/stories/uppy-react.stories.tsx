import type { Meta, StoryObj } from '@storybook/react-vite';
import Dashboard from '@uppy/dashboard';
import { useScreenCapture, useUppyContext, useWebcam } from '@uppy/react';
import ScreenCapture from '@uppy/screen-capture';
import Webcam from '@uppy/webcam';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';
import './layouts.css';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import camera from './code/uppy-camera.tsx?raw';
import dashboard from './code/uppy-dashboard.tsx?raw';
import hook from './code/uppy-hook.tsx?raw';
import { clicks, has, hasButton, inTurn, says, seesPicture } from './play.ts';
import { rows, Scene } from './scene.tsx';
import { EVERY_STATE } from './scenes.ts';

/** `Upload.Root` is also the provider of `@uppy/react`: its hooks and Uppy's Dashboard work inside it. */
const meta = {
  title: 'With Uppy/Inside Upload.Root',
  component: Scene,
  parameters: { controls: { disable: true }, docs: { source: { code: hook } } },
} satisfies Meta<typeof Scene>;

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
  play: inTurn(says(/useUppyContext/), says(/0 of 3 files uploaded/)),
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
  parameters: { docs: { source: { code: dashboard } } },
  args: {
    files: EVERY_STATE.slice(0, 3),
    children: (
      <>
        <DashboardHere />
        <Upload.TotalProgress />
      </>
    ),
  },
  play: has('.uppy-Dashboard-Item', 3),
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

/** A picture of the camera, by `useWebcam` of `@uppy/react`; it uploads like any file. */
export const Camera: Story = {
  parameters: { docs: { source: { code: camera } } },
  args: {
    children: (
      <div className="story-stack">
        <WithPlugin plugin="Webcam">
          <CameraHere />
        </WithPlugin>
        {rows}
      </div>
    ),
  },
  play: hasButton('Open the camera'),
};

/** Taken, looked at, and added. */
export const CameraTaken: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...Camera.args },
  play: inTurn(
    clicks('Open the camera'),
    seesPicture,
    clicks('Take the picture'),
    clicks('Add it'),
    has('.portage-item'),
    says(/\d kB/),
  ),
};

/** A picture of the screen, by `useScreenCapture` of `@uppy/react`. */
export const Screen: Story = {
  parameters: { docs: { source: { code: camera } } },
  args: {
    children: (
      <div className="story-stack">
        <WithPlugin plugin="ScreenCapture">
          <ScreenHere />
        </WithPlugin>
        {rows}
      </div>
    ),
  },
  play: hasButton('Choose a screen'),
};

export const ScreenTaken: Story = {
  tags: ['!dev', '!autodocs'],
  args: { ...Screen.args },
  play: inTurn(
    clicks('Choose a screen'),
    seesPicture,
    clicks('Take the picture'),
    clicks('Add it'),
    has('.portage-item'),
    says(/\d kB/),
  ),
};

/** Its hook wants the plugin to be there before it is called. */
function WithPlugin({
  plugin,
  children,
}: {
  readonly plugin: 'Webcam' | 'ScreenCapture';
  readonly children: ReactNode;
}) {
  const { uppy } = useUploadContext();
  useState(() => {
    if (uppy.getPlugin(plugin)) return;
    if (plugin === 'Webcam') uppy.use(Webcam, { modes: ['picture'], countdown: false });
    else uppy.use(ScreenCapture);
  });
  return children;
}

function CameraHere(): ReactNode {
  // Once it was added, the camera is let go of.
  const stop = useRef(() => {});
  const camera = useWebcam({ onSubmit: useCallback(() => stop.current(), []) });
  useEffect(() => {
    stop.current = camera.stop;
  }, [camera.stop]);
  return (
    <>
      <video aria-label="The camera" className="story-video" {...camera.getVideoProps()} />
      <div className="story-buttons">
        <button type="button" className="portage-button" onClick={camera.start}>
          Open the camera
        </button>
        <button className="portage-button" {...camera.getSnapshotButtonProps()}>
          Take the picture
        </button>
        <button className="portage-button" {...camera.getSubmitButtonProps()}>
          Add it
        </button>
      </div>
    </>
  );
}

function ScreenHere(): ReactNode {
  const screen = useScreenCapture();
  return (
    <>
      <video aria-label="The screen" className="story-video" {...screen.getVideoProps()} />
      <div className="story-buttons">
        <button type="button" className="portage-button" onClick={screen.start}>
          Choose a screen
        </button>
        <button className="portage-button" {...screen.getScreenshotButtonProps()}>
          Take the picture
        </button>
        <button className="portage-button" {...screen.getSubmitButtonProps()}>
          Add it
        </button>
      </div>
    </>
  );
}
