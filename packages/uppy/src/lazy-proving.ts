/** What proves that the stored bytes are the picked ones; its code is loaded beside the page's. */
import type { Ports, Proving } from '@portage/engine';
import type { FileRange } from './file-range.ts';
import { lazily } from './lazily.ts';

export function lazyProving(ports: Pick<Ports<FileRange>, 'backend' | 'digests'>): Proving<FileRange> {
  const ask = lazily(async () => (await import('@portage/engine/proving')).createProving(ports));
  return {
    sound: (holding, sums, session) => ask((proving) => proving.sound(holding, sums, session)),
    complete: (upload, signal) => ask((proving) => proving.complete(upload, signal), signal),
  };
}
