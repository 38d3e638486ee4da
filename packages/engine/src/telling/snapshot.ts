import type { UploadError } from '../errors/errors.ts';
import type { Progress } from './progress.ts';

/**
 * What a person is told about one file. Exactly one holds at a time.
 *
 * - `queued`: waits for its turn.
 * - `preparing`: is made ready to be sent, such as made smaller; its upload has not begun.
 * - `resuming`: goes on from parts that the store holds already; asks for them, or is about to send the next one.
 * - `uploading`: bytes are on their way.
 * - `retrying`: something failed; the next attempt starts by itself (see `retryAt`).
 * - `offline`: there is no network; goes on by itself once there is.
 * - `paused`: by the person; goes on when they say so.
 * - `verifying`: every byte is sent; the store is putting the object together and it is being checked.
 * - `complete`, `failed`, `canceled`: over. A failed upload can be retried.
 */
export type UploadStatus =
  | 'queued'
  | 'preparing'
  | 'resuming'
  | 'uploading'
  | 'retrying'
  | 'offline'
  | 'paused'
  | 'verifying'
  | 'complete'
  | 'failed'
  | 'canceled';

/** One file's upload as it stands. A new object whenever something changed, the same one otherwise. */
export interface UploadSnapshot {
  readonly status: UploadStatus;
  readonly progress: Progress;
  /**
   * When the next attempt starts, in milliseconds since the epoch; only while `retrying`. By a clock that nobody sets back:
   * in browsers `performance.timeOrigin + performance.now()`.
   */
  readonly retryAt: number | undefined;
  /**
   * What is waited for while nothing moves: `permission`, for which the browser asks the person, such as to reach the local
   * network; or `storage`: what is sent is being passed on by a gateway that takes it whole first. @default nothing
   */
  readonly waitsFor?: 'permission' | 'storage' | undefined;
  /** Only when `failed`. */
  readonly error: UploadError | undefined;
}
