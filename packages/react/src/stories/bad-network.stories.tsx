import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import { hasButton, inTurn, says } from './play.ts';
import { createScene, snapshotOf } from './scripted-uploads.ts';

/** Address of a real upload server beside `npm run storybook`; not there in a built Storybook. */
declare const __PORTAGE_LIVE__: string | undefined;
const LIVE = typeof __PORTAGE_LIVE__ === 'undefined' ? undefined : __PORTAGE_LIVE__;

interface Args {
  /** As the toolbar has it. */
  readonly network: string;
}

function Live({ endpoint, network }: Args & { readonly endpoint: string }): ReactNode {
  useEffect(() => {
    void fetch('/portage-network', { method: 'PUT', body: network });
  }, [network]);
  return (
    <>
      <p>A real store, in a network that is {network}. Upload something of some size, and change “Network” above.</p>
      <Uploader endpoint={endpoint} />
    </>
  );
}

const FILE = { name: 'Harbour at dawn.mov', size: 1_840_000_000, speed: 24_600_000 };
/** Steps of a made-up network, one a second: 1 is a second of sending, 0 one without. */
const BEATS: Readonly<Record<string, readonly number[]>> = {
  good: [1],
  down: [0],
  busy: [1, 0],
  satellite: [1, 1, 1, 0],
};

function Simulated({ network }: Args): ReactNode {
  const [{ uppy, uploads, ids }] = useState(() => createScene([{ ...FILE, status: 'uploading', percent: 20 }]));
  useEffect(() => {
    const beats = BEATS[network] ?? [1, 1, 0, 0, 0];
    let second = 0;
    let percent = 20;
    const timer = setInterval(() => {
      const [id] = ids;
      const before = id && uploads.get(id)?.status;
      if (!id || !before || before === 'paused') return;
      const isSending = beats[second % beats.length] === 1;
      second += 1;
      if (isSending) percent = percent >= 99 ? 20 : percent + 1;
      const waiting = network === 'down' ? 'offline' : 'retrying';
      const status = isSending ? (before === 'uploading' || before === 'resuming' ? 'uploading' : 'resuming') : waiting;
      const retryAt = status === 'retrying' ? { retryAt: Date.now() + 3_000 } : {};
      uploads.put(id, snapshotOf({ ...FILE, percent, ...retryAt }, status));
    }, 1_000);
    return () => clearInterval(timer);
  }, [network, uploads, ids]);
  return (
    <>
      <p>
        Made up, in a network that is {network}: a built Storybook has no store. With <code>npm run storybook</code> it
        is a real one.
      </p>
      <Uploader uppy={uppy} />
    </>
  );
}

const BadNetwork = ({ network }: Args): ReactNode =>
  LIVE ? <Live endpoint={LIVE} network={network} /> : <Simulated network={network} />;

/** Choose a network in the toolbar and watch uploads get through it: retrying, offline, resuming. */
const meta = {
  title: 'Uploader/Bad network',
  component: BadNetwork,
  args: { network: 'good' },
  render: (args, { globals }) => <BadNetwork network={String(globals['network'] ?? args.network)} />,
} satisfies Meta<typeof BadNetwork>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Uploading: Story = {
  play: inTurn(says(/network that is/), hasButton('Choose files')),
};
