/** An app whose routes and steps come and go, driven by the soak: people pick files in it, and press what they see. */
import { Upload, type UploadedFile, Uploader, UploaderPanel } from '@portage/react';
import { PortageS3 } from '@portage/uppy';
import Uppy from '@uppy/core';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** A file that is stored, as the app hears of it. */
export interface Stored {
  readonly name: string;
  readonly key: string;
  /** How many of its parts were sent a second time beside a silent attempt. */
  readonly beside: number;
}

export interface Soak {
  /** Who is signed in, by a token that the server takes for a while. */
  session: string;
  /** Leaves the route, and opens another one. */
  open(route: 'nothing' | 'uploader' | 'wizard'): void;
  next(): void;
  /** Presses one of the buttons whose name begins so; nothing where there is none. */
  press(label: string, at?: number): void;
  /** How the files' rows are; what is offered to be continued is none of them. */
  statuses(): readonly (string | undefined)[];
  /** What the app was told of since it was asked before. */
  stored(): Promise<readonly Stored[]>;
  /** Discards all that earlier mounts left unfinished. Returns how many those were. */
  discardAll(): Promise<number>;
}

declare global {
  interface Window {
    soak: Soak;
  }
}

const source = {
  endpoint: '/api/uploads',
  partSize: 5 * 1024 * 1024,
  headers: () => ({ 'x-session': window.soak.session }),
};

/** That of the route which is open: only its diagnostics tell of second attempts. */
let plugin: PortageS3<never, never>;
const { install } = PortageS3.prototype;
PortageS3.prototype.install = function (this: PortageS3<never, never>) {
  plugin = this;
  install.call(this);
};

async function storedAs(id: string, name: string, key: string): Promise<Stored> {
  const told = await plugin.exportDiagnostics(id);
  if (!told) throw new Error(`Nothing is told of ${name}.`);
  return { name, key, beside: told.totals.beside };
}

export function SoakApp() {
  const [{ route, mount }, setRoute] = useState({ route: 'nothing', mount: 0 });
  const [step, setStep] = useState(1);
  const [told] = useState<Promise<Stored>[]>([]);
  const onUploaded = ({ id, name, body }: UploadedFile) => void told.push(storedAs(id, name, String(body['key'])));
  useEffect(() => {
    window.soak = {
      session: '1',
      open: (next) =>
        flushSync(() => {
          setStep(1);
          setRoute((before) => ({ route: next, mount: before.mount + 1 }));
        }),
      next: () => flushSync(() => setStep((before) => before + 1)),
      press(label, at = 0) {
        const buttons = document.querySelectorAll<HTMLButtonElement>(`button[aria-label^="${label}"]`);
        buttons[at % Math.max(1, buttons.length)]?.click();
      },
      statuses: () =>
        [...document.querySelectorAll<HTMLElement>('[data-portage-item][data-status]')].map(
          ({ dataset }) => dataset['status'],
        ),
      stored: () => Promise.all(told.splice(0)),
      discardAll,
    };
  }, [told]);
  if (route === 'uploader') return <Uploader key={mount} s3={source} onUploaded={onUploaded} />;
  if (route === 'wizard')
    return (
      <Upload.Root key={mount} s3={source} onUploaded={onUploaded}>
        {step < 3 ? <UploaderPanel key={step} /> : <Upload.FormField name="files" />}
      </Upload.Root>
    );
  return null;
}

async function discardAll(): Promise<number> {
  const uppy = new Uppy().use(PortageS3, source);
  const { unfinished } = uppy.getPlugin('PortageS3') as unknown as PortageS3<never, never>;
  const left = await unfinished.list();
  for (const { id } of left) await unfinished.discard(id);
  uppy.destroy();
  return left.length;
}
