import { join, resolve } from 'node:path';
import type { Queue } from '../queue.ts';
import { createBossQueue } from './boss-queue.ts';
import { lockFolder } from './folder-lock.ts';

export interface EmbeddedQueueOptions {
  /** Where the queue is kept; made if it is not there. One process at a time has it. */
  readonly folder: string;
  /** Hears of what goes wrong in the background. @default console.error */
  readonly onError?: (error: unknown) => void;
}

/**
 * A queue inside this process, kept in a folder: pg-boss on PGlite, which is PostgreSQL in WebAssembly. Nothing has to be
 * installed or started. Nothing is read before the queue is used.
 * @throws ProcessingError `folder-in-use` from every call, where another process has the folder.
 * @example embeddedQueue({ folder: '.data/queue' })
 */
export function embeddedQueue({ folder, onError = console.error }: EmbeddedQueueOptions): Queue {
  return createBossQueue({
    onError,
    async begin() {
      const release = lockFolder(resolve(folder));
      try {
        const [{ PGlite }, { fromPglite }] = await Promise.all([import('@electric-sql/pglite'), import('pg-boss')]);
        const database = await PGlite.create(join(resolve(folder), 'data'));
        return {
          options: { db: fromPglite(database), backend: 'pglite' },
          // Whoever was at work here is gone: the folder is ours.
          isAlone: true,
          async close() {
            await database.close();
            release();
          },
        };
      } catch (error) {
        release();
        throw error;
      }
    },
  });
}
