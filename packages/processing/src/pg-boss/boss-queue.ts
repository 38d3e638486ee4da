import type { ConstructorOptions, JobWithMetadata, PgBoss } from 'pg-boss';
import { ProcessingError } from '../errors.ts';
import type { JobCounts, JobRules, JobState, Queue, TakenJob, Working } from '../queue.ts';

/** A database that pg-boss may work on. */
export interface Begun {
  readonly options: ConstructorOptions;
  /** Whether no other process can be at work: then what is running at the start is nobody's. */
  readonly isAlone: boolean;
  close(): Promise<void>;
}

export interface BossQueueOptions {
  begin(): Promise<Begun>;
  onError(error: unknown): void;
}

/**
 * How long a worker may be silent before its jobs are given to others, in seconds. By pg-boss's default, they would be
 * held until their time is over: 15 minutes.
 */
const HEARTBEAT = 10;
/** How often silent workers are looked for, in seconds; by default once a minute. */
const LOOK_FOR_SILENT = 5;
/** Workers are told of new jobs at once, but of second attempts not at all: they look this often, in seconds. */
const POLL = 2;

/** A queue on pg-boss 12, with what its defaults get wrong for files set right. */
export function createBossQueue({ begin, onError }: BossQueueOptions): Queue {
  let starting: Promise<{ boss: PgBoss; begun: Begun }> | undefined;
  let isClosed = false;
  const opened = new Map<string, Promise<void>>();

  async function start(): Promise<{ boss: PgBoss; begun: Begun }> {
    const { PgBoss } = await import('pg-boss');
    const begun = await begin();
    try {
      const boss = new PgBoss({
        ...begun.options,
        schema: SCHEMA,
        useListenNotify: true,
        superviseIntervalSeconds: LOOK_FOR_SILENT,
        monitorIntervalSeconds: LOOK_FOR_SILENT,
        // Nothing here runs by the clock; pg-boss's cron would fire for the minute that has begun already.
        schedule: false,
      });
      boss.on('error', onError);
      await boss.start();
      return { boss, begun };
    } catch (error) {
      await begun.close();
      throw error;
    }
  }

  async function started(): Promise<{ boss: PgBoss; begun: Begun }> {
    if (isClosed) throw new ProcessingError('queue-closed', 'The queue is closed, and takes and gives no more jobs.');
    starting ??= start();
    try {
      return await starting;
    } catch (error) {
      // The next call may find the database there.
      starting = undefined;
      throw error;
    }
  }

  async function open(pipeline: string, { seconds, attempts }: JobRules): Promise<void> {
    const { boss, begun } = await started();
    const dead = `${pipeline}.dead`;
    const rules = {
      expireInSeconds: Math.ceil(seconds),
      heartbeatSeconds: HEARTBEAT,
      retryLimit: attempts - 1,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 300,
      deadLetter: dead,
      notify: true,
    };
    await boss.createQueue(dead);
    // One that is there already keeps its rules, so they are given again.
    await boss.createQueue(pipeline, rules);
    await boss.updateQueue(pipeline, rules);
    if (!begun.isAlone) return;
    const { rows } = await boss
      .getDb()
      .executeSql(`select id from ${SCHEMA}.job where name = $1 and state = 'active'`, [pipeline]);
    const left = rows.map(({ id }) => String(id));
    if (left.length > 0) await boss.fail(pipeline, left, { message: 'Its worker ended before it did.' });
  }

  return {
    open(pipeline, rules) {
      const opening = opened.get(pipeline) ?? open(pipeline, rules);
      opened.set(pipeline, opening);
      opening.catch(() => opened.delete(pipeline));
      return opening;
    },

    async add(pipeline, { id, data }, { again = false } = {}) {
      const { boss } = await started();
      const added = await boss.send(pipeline, data, { id });
      if (added !== null || !again) return;
      const [known] = await boss.findJobs(pipeline, { id });
      if (known === undefined || !isOver(known)) return;
      await boss.deleteJob(pipeline, id);
      await boss.send(pipeline, data, { id });
    },

    async state(pipeline, id) {
      const { boss } = await started();
      const [job] = await boss.findJobs(pipeline, { id });
      return job && STATES[job.state];
    },

    async counts(pipeline) {
      const { boss } = await started();
      const counts: Record<JobState, number> = { waiting: 0, running: 0, done: 0, failed: 0 };
      const { rows } = await boss
        .getDb()
        .executeSql(`select state, count(*)::int as count from ${SCHEMA}.job where name = $1 group by state`, [
          pipeline,
        ]);
      for (const { state, count } of rows) counts[STATES[state as keyof typeof STATES]] += Number(count);
      return counts satisfies JobCounts;
    },

    async work(pipeline, atOnce, run): Promise<Working> {
      const { boss } = await started();
      const poll = { pollingIntervalSeconds: POLL, notifyPollingIntervalSeconds: POLL };
      const options = { batchSize: 1, includeMetadata: true, ...poll } as const;
      // One worker for each job at once: of a batch all would share the fate of one, and wait for the slowest.
      const ids = await Promise.all(
        Array.from({ length: atOnce }, async () => {
          let own = '';
          own = await boss.work(pipeline, options, async ([job]: JobWithMetadata<object>[]) => {
            try {
              if (job !== undefined) await run(taken(job));
            } finally {
              // The next one at once: a worker waits for its next look otherwise, and does one job in two seconds.
              boss.notifyWorker(own);
            }
          });
          return own;
        }),
      );
      return {
        stop: async () => void (await Promise.all(ids.map((id) => boss.offWork(pipeline, { id, wait: true })))),
      };
    },

    async close() {
      if (isClosed) return;
      isClosed = true;
      const running = await starting?.catch(() => undefined);
      if (running === undefined) return;
      await running.boss.stop({ graceful: true, timeout: GRACE });
      await running.begun.close();
    },
  };
}

const SCHEMA = 'pgboss';

/** How long jobs in hand may take when the queue closes, in milliseconds; then they are given to others. */
const GRACE = 30_000;

const STATES = {
  created: 'waiting',
  retry: 'waiting',
  active: 'running',
  completed: 'done',
  cancelled: 'failed',
  failed: 'failed',
} as const satisfies Record<JobWithMetadata['state'], JobState>;

const isOver = ({ state }: Pick<JobWithMetadata, 'state'>) => ['done', 'failed'].includes(STATES[state]);

const taken = ({ id, data, retryCount, retryLimit, signal }: JobWithMetadata): TakenJob => ({
  id,
  data,
  attempt: retryCount + 1,
  isLast: retryCount >= retryLimit,
  signal,
});
