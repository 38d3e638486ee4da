import type { DiagnosticsExport } from '@portage/uppy';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { userEvent, within } from 'storybook/test';
import { UploadRoot } from '../components/upload-root.tsx';
import { UploadDiagnostics } from '../diagnostics/index.ts';
import code from './code/diagnostics.tsx?raw';
import { has, inTurn, type Play, says } from './play.ts';
import recorded from './recorded-diagnostics.json';
import { createScene } from './scripted-uploads.ts';
import '../style/diagnostics.css';

/**
 * An upload of 150 MiB from Chromium to the mock store over a link that throttles, fails, loses connections and answers one
 * part late; paused once in the middle. `PORTAGE_RECORD_DIAGNOSTICS=file npm run test:e2e -- diagnostics` records another.
 */
const RECORDED = recorded as unknown as DiagnosticsExport;

function Told({ diagnostics }: { readonly diagnostics: DiagnosticsExport | undefined }): ReactNode {
  const [{ uppy, ids }] = useState(() => {
    const scene = createScene([{ name: 'film.mp4', status: diagnostics?.status ?? 'queued' }]);
    scene.uploads.diagnostics = diagnostics;
    return scene;
  });
  return (
    <UploadRoot uppy={uppy}>
      <UploadDiagnostics fileId={ids[0] ?? ''} />
    </UploadRoot>
  );
}

const opensTable =
  (name: string): Play =>
  async ({ canvasElement }) => {
    await userEvent.click(await within(canvasElement).findByText(name));
    await within(canvasElement).findByRole('region', { name });
  };

/** What happened to an upload: to see where its time went, and to send to those who can help. */
const meta = {
  title: 'Diagnostics',
  component: Told,
  args: { diagnostics: RECORDED },
  parameters: {
    controls: { disable: true },
    docs: { source: { code } },
    props: { UploadDiagnostics: ['UploadDiagnosticsProps'] },
  },
} satisfies Meta<typeof Told>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Recorded: Story = {
  play: inTurn(says('Requests over time'), has('.portage-plot-cross', 2), says('failed'), says('paused')),
};

export const AsTables: Story = {
  tags: ['!dev', '!autodocs'],
  play: inTurn(opensTable('Requests as a table'), opensTable('Calls to the server as a table'), says('create')),
};

/** 300 parts: as many bars, and a table that comes a piece at a time. */
export const ManyParts: Story = {
  tags: ['!autodocs'],
  args: {
    diagnostics: {
      ...RECORDED,
      duration: 51_000,
      file: { size: 2_516_582_400, extension: 'tar' },
      plan: { kind: 'multipart', partSize: 8_388_608, parts: 300, held: 0 },
      attempts: Array.from({ length: 300 }, (_, i) => [i + 1, i * 169, 20, 800, 1_000, 'stored']),
    },
  },
  play: inTurn(opensTable('Requests as a table'), says('Show more')),
};

/** A server with several regions: the file began in the nearest one, which went away, and is in the next. */
export const Regions: Story = {
  tags: ['!autodocs'],
  args: {
    diagnostics: {
      ...RECORDED,
      region: {
        name: 'us',
        why: 'others-down',
        left: ['eu'],
        all: {
          eu: { roundTrip: 21, estimate: 18_900 },
          us: { roundTrip: 96, estimate: 24_200 },
          ap: { roundTrip: 243, estimate: null },
        },
        probes: 15,
      },
    },
  },
  play: inTurn(says(/Region us: the ones before it were out of reach/), says('96 ms'), has('tr[data-chosen]', 1)),
};

export const NothingRecorded: Story = {
  tags: ['!dev', '!autodocs'],
  args: { diagnostics: undefined },
  play: says(/Nothing is recorded/),
};
