/** What proves that the stored bytes are the picked ones; its code is loaded beside the page's. */
import type { Ports, Proving } from '@portage/engine';
import { arriving } from './arriving.ts';
import type { FileRange } from './file-range.ts';
import { lazily } from './lazily.ts';

/** @param looksAgain - Whether files are looked at again before they are completed; asked each time. */
export function lazyProving(
  ports: Pick<Ports<FileRange>, 'backend' | 'digests' | 'clock' | 'random'>,
  looksAgain: () => boolean,
): Proving<FileRange> {
  const ask = lazily(async () =>
    (await arriving(import('@portage/engine/proving'))).createProving(ports, { looksAgain }),
  );
  return {
    begin: (source, signal) => ask((proving) => proving.begin(source, signal), signal),
    sound: (holding, sums, session) => ask((proving) => proving.sound(holding, sums, session)),
    complete: (upload, signal) => ask((proving) => proving.complete(upload, signal), signal),
  };
}
