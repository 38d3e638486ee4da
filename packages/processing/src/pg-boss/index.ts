export { type EmbeddedQueueOptions, embeddedQueue } from './embedded-queue.ts';
export { type PostgresQueueOptions, postgresQueue } from './postgres-queue.ts';
