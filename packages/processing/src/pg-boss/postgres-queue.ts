import type { Queue } from '../queue.ts';
import { createBossQueue } from './boss-queue.ts';

export interface PostgresQueueOptions {
  /** @example 'postgres://user:password@host/database' */
  readonly url: string;
  /** Connections at most, beside one that listens. @default 5 */
  readonly connections?: number;
  /** Hears of what goes wrong in the background, such as a database that is away. @default console.error */
  readonly onError?: (error: unknown) => void;
}

/**
 * A queue in PostgreSQL, for any number of servers and workers: pg-boss, in a schema of its own, `pgboss`. Connects when it is
 * used. Connections are held, so a pooler before it must pool by session.
 * @example postgresQueue({ url: process.env.DATABASE_URL })
 */
export function postgresQueue({ url, connections = 5, onError = console.error }: PostgresQueueOptions): Queue {
  return createBossQueue({
    onError,
    begin: async () => ({
      options: { connectionString: url, max: connections, application_name: 'portage' },
      isAlone: false,
      close: async () => {},
    }),
  });
}
