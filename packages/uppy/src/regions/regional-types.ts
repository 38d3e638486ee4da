/** What `through-regions.ts` and the late code of regions hand to each other. */
import type { Intent, Outcome, Session, Transport } from '@portage/engine';
import type { RegionReport } from '@portage/engine/regions';
import type { CreateResponse } from '@portage/protocol';
import type { FileRange } from '../sending/file-range.ts';

export type Send = Transport<FileRange>['send'];

/** One create call: `body` is what goes to the server, in the order of `intents`. */
export interface CreateCall {
  readonly body: { readonly files: readonly object[] };
  readonly intents: readonly Intent[];
  send(body: object): Promise<Outcome<CreateResponse>>;
  /** The token that stands for an older one by now. */
  current(token: string): string;
}

/** An attempt that was begun before the late code had arrived. */
export interface Early {
  readonly attempt: Parameters<Send>[0];
  readonly sending: ReturnType<Send>;
  /** Ends the attempt for the engine. What the request still comes to is not heard. */
  readonly settle: (outcome: Awaited<ReturnType<Send>>) => void;
}

/** The late code. */
export interface Regional {
  create(call: CreateCall): Promise<Outcome<CreateResponse>>;
  /** Hears of a response that came before this code had arrived. */
  hear(call: CreateCall, response: CreateResponse): void;
  /**
   * Makes a call about an upload, or says that the upload has left.
   * @param more - with `listParts`, the id of a file that goes on with the upload of an earlier page.
   */
  call<T>(
    step: 'sign' | 'listParts' | 'complete',
    session: Session,
    make: () => Promise<Outcome<T>>,
    more: unknown,
  ): Promise<Outcome<T>>;
  send: Send;
  report(fileID: string): RegionReport | undefined;
  /** Listens to the network no more. */
  end(): void;
}
