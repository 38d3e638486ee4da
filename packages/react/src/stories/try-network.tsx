import { type ReactNode, useContext, useEffect, useState } from 'react';
import { Uploader } from '../components/uploader.tsx';
import { createScene, snapshotOf } from './scripted-uploads.ts';
import { StoryStrings } from './story-strings.ts';
import './try-network.css';

/** Address of a real upload server beside `npm run storybook`; not there in a built Storybook. */
declare const __PORTAGE_LIVE__: string | undefined;
const LIVE = typeof __PORTAGE_LIVE__ === 'undefined' ? undefined : __PORTAGE_LIVE__;

/** By the mock store's names, `busy` and `good` aside. */
const NETWORKS = {
  good: 'Good',
  down: 'No network',
  busy: 'Busy store',
  train: 'Train',
  'flaky-3g': 'Flaky 3G',
  'hotel-wifi': 'Hotel Wi-Fi',
  satellite: 'Satellite',
} as const;
type NetworkName = keyof typeof NETWORKS;

/** An uploader, and a switch for the network behind it. */
export function TryNetwork(): ReactNode {
  const [network, setNetwork] = useState<NetworkName>('good');
  return (
    <div className="story-try">
      <fieldset className="story-networks">
        <legend>Network</legend>
        {(Object.keys(NETWORKS) as NetworkName[]).map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="story-network"
              value={name}
              checked={name === network}
              onChange={() => setNetwork(name)}
            />
            {NETWORKS[name]}
          </label>
        ))}
      </fieldset>
      {LIVE ? <Live endpoint={LIVE} network={network} /> : <MadeUp network={network} />}
    </div>
  );
}

interface NetworkProps {
  readonly network: NetworkName;
}

function Live({ endpoint, network }: NetworkProps & { readonly endpoint: string }): ReactNode {
  const strings = useContext(StoryStrings);
  useEffect(() => {
    void fetch('/portage-network', { method: 'PUT', body: network });
  }, [network]);
  return (
    <>
      <p>Choose a file of some size, and change the network. The store is a real one, on this computer.</p>
      <Uploader endpoint={endpoint} strings={strings} />
    </>
  );
}

const FILE = { name: 'Harbour at dawn.mov', size: 1_840_000_000 };
/** A second of sending is 1, a second without is 0. */
const BEATS: Readonly<Record<NetworkName, readonly number[]>> = {
  good: [1],
  down: [0],
  busy: [1, 0],
  satellite: [1, 1, 1, 0],
  train: [1, 1, 0, 0, 0],
  'flaky-3g': [1, 1, 0],
  'hotel-wifi': [1, 0, 0],
};
/** Percent of a file that a second sends. */
const STEP = 3;

function MadeUp({ network }: NetworkProps): ReactNode {
  const strings = useContext(StoryStrings);
  const [{ uppy, uploads }] = useState(() => createScene([{ ...FILE, status: 'uploading', percent: 20 }]));
  useEffect(() => {
    const beats = BEATS[network];
    let second = 0;
    const timer = setInterval(() => {
      const isSending = beats[second % beats.length] === 1;
      second += 1;
      for (const { id, name = '', size } of uppy.getFiles()) {
        const before = uploads.get(id);
        if (before && ['paused', 'complete', 'canceled'].includes(before.status)) continue;
        const percent = Math.min(100, (before?.progress.percent ?? 0) + (isSending ? STEP : 0));
        const waiting = network === 'down' ? 'offline' : 'retrying';
        const status = percent === 100 ? 'complete' : isSending ? 'uploading' : waiting;
        const file = { name, size: size ?? 0, percent, speed: ((size ?? 0) * STEP) / 100 };
        uploads.put(id, snapshotOf({ ...file, ...(status === 'retrying' && { retryAt: Date.now() + 3_000 }) }, status));
      }
    }, 1_000);
    return () => clearInterval(timer);
  }, [network, uppy, uploads]);
  return (
    <>
      <p>
        Add files of your own, and change the network. Nothing leaves this page: here the uploads are made up. With{' '}
        <code>npm run storybook</code> they go to a real store.
      </p>
      <Uploader uppy={uppy} strings={strings} />
    </>
  );
}
