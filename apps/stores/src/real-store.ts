import type { MimicName } from '@portage/mock-s3';
import type { StoreProfileName } from '@portage/server';

/** A store that others wrote, running on this machine. */
export interface RealStore {
  /** With its version, as tables name it. */
  readonly title: string;
  readonly profile: StoreProfileName;
  /** What our own store must answer as. */
  readonly mimic: MimicName;
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Somebody whom only the policy of a bucket lets in, where the store knows such policies. */
  readonly stranger?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly principal: string };
}

export interface StartedStore extends RealStore {
  stop(): Promise<void>;
}

/** How a kind of store is started in an empty folder. @throws Error that says why it cannot be. */
export type StartStore = (folder: string) => Promise<StartedStore>;
