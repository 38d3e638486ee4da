/** Web Locks of one name each, exclusive and in order, for tests that run where there are none. */
export interface FakeLocks {
  readonly request: LockManager['request'];
  readonly query: LockManager['query'];
  /** The names that are held. */
  held(): string[];
}

type Granted = (lock: Lock | null) => unknown;

export function createFakeLocks(): FakeLocks {
  const queues = new Map<string, (() => void)[]>();

  async function request(name: string, ...more: [Granted] | [LockOptions, Granted]): Promise<unknown> {
    const granted = more.at(-1) as Granted;
    const { signal, ifAvailable } = (more.length === 2 ? more[0] : {}) as LockOptions;
    if (ifAvailable && queues.has(name)) return granted(null);
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    await new Promise<void>((resolve, reject) => {
      queue.push(resolve);
      if (queue.length === 1) resolve();
      else
        signal?.addEventListener('abort', () => {
          queue.splice(queue.indexOf(resolve), 1);
          reject(signal.reason);
        });
    });
    try {
      return await granted({ name, mode: 'exclusive' });
    } finally {
      queue.shift();
      queue[0]?.();
      if (queue.length === 0) queues.delete(name);
    }
  }

  const held = () => [...queues.keys()];
  const query = async () => ({ held: held().map((name) => ({ name })) });
  return { request: request as LockManager['request'], query, held };
}
