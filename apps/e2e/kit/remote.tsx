/** A form that takes files from other services too. Where Companion is, the address says; so with `endpoint`. */
import { Upload, UploaderPanel } from '@portage/react';
import { PortageS3 } from '@portage/uppy';
import Uppy from '@uppy/core';
import RemoteSources from '@uppy/remote-sources';
import { useState } from 'react';

interface UrlSource {
  addFile(address: string): Promise<string | undefined>;
}

declare global {
  interface Window {
    /** Adds the file at an address, as the person does with Uppy's Url source. */
    addFromUrl(address: string): Promise<string | undefined>;
    /** Whether an app that asks for its uploader by the name of Uppy's finds ours. */
    pluginFound: boolean;
  }
}

const query = new URLSearchParams(location.search);

function createUppy(): Uppy {
  const companionUrl = query.get('companion') ?? '';
  const endpoint = query.get('endpoint');
  const uppy = new Uppy({ autoProceed: true });
  uppy.use(PortageS3, endpoint ? { endpoint } : { companionEndpoint: companionUrl, id: 'AwsS3' });
  uppy.use(RemoteSources, { companionUrl, sources: ['Url'] });
  window.addFromUrl = (address) => (uppy.getPlugin('Url') as unknown as UrlSource).addFile(address);
  window.pluginFound = (uppy.getPlugin('AwsS3') as unknown) instanceof PortageS3;
  return uppy;
}

export function Remote() {
  const [uppy] = useState(createUppy);
  const [sent, setSent] = useState<readonly string[]>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setSent(new FormData(event.currentTarget).getAll('files').map(String));
      }}
    >
      <Upload.Root uppy={uppy}>
        <UploaderPanel />
        <Upload.FormField name="files" required />
      </Upload.Root>
      <button type="submit">Send</button>
      <output>{sent && `Sent ${sent.join(', ')}`}</output>
    </form>
  );
}
