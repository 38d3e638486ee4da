/** What the worker does, done by the page. It is not loaded beside a worker, which has its own. */
import type { Checksums, Outcome, Transport } from '@portage/engine';
import { createBlobChecksums } from './blob-checksums.ts';
import { bodyOf, CUT_SHORT, type FileRange, sliceOf } from './file-range.ts';
import { gather } from './gather.ts';
import type { Algorithm } from './running-checksum.ts';
import { type Lookout, sendByXhr, type XhrOutcome } from './xhr-request.ts';

export interface OnPage {
  readonly checksums: Checksums<Blob>;
  send(attempt: Parameters<Transport<FileRange>['send']>[0], signal: AbortSignal): Promise<XhrOutcome>;
  readonly gather: typeof gather;
  checksumOf(range: FileRange, algorithm: Algorithm, signal: AbortSignal | undefined): Promise<Outcome<bigint>>;
}

export function createOnPage(lookout: Lookout): OnPage {
  const checksums = createBlobChecksums();
  return {
    checksums,
    gather,
    async send(attempt, signal) {
      const body = await bodyOf(attempt.body);
      return 'failure' in body ? body : sendByXhr({ ...attempt, body }, signal, lookout);
    },
    async checksumOf(range, algorithm, signal) {
      const slice = sliceOf(range);
      return slice ? checksums.of(slice, algorithm, signal) : CUT_SHORT;
    },
  };
}
