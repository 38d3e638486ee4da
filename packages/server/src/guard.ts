import type { Logger } from './observe/logger.ts';
import { createTracer, type Spans, type Tracer } from './observe/spans.ts';
import type { Awaitable } from './route.ts';

/** Runs what the app has given us. It may throw, reject or hang: the process lives, and the caller gets a response. */
export interface Guard {
  /** Longest wait for one hook, in milliseconds. */
  readonly timeout: number;
  /**
   * Waits for what a hook says, for so long at most.
   * @throws what the hook throws; HookTimeoutError.
   */
  ask<T>(hook: string, run: () => Awaitable<T>): Promise<T>;
  /** Tells somebody who has no say in the matter. Never throws, and waits for nothing. */
  tell(listener: string, run: () => unknown): void;
  /** Runs work within a span of the app's, if it has any. */
  trace: Tracer;
}

/** A hook of the app did not answer in time. */
export class HookTimeoutError extends Error {
  override readonly name = 'HookTimeoutError';
  /** The hook, as the option is called. */
  readonly hook: string;

  constructor(hook: string, timeout: number) {
    super(
      `\`${hook}\` has not answered within ${timeout} ms. It went on by itself; what it returns is not used any more.`,
    );
    this.hook = hook;
  }
}

/** @param timeout Longest wait for one hook, in milliseconds. */
export function createGuard(timeout: number, logger: Logger, spans?: Spans): Guard {
  const tell: Guard['tell'] = (listener, run) =>
    attempt(run, (err) => logger.error({ err, listener }, `\`${listener}\` failed`));
  const trace = createTracer(spans, tell);

  return {
    timeout,
    trace,
    tell,
    ask: (hook, run) => trace({ name: `uploads ${hook}`, attributes: {} }, () => inTime(hook, run)),
  };

  async function inTime<T>(hook: string, run: () => Awaitable<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new HookTimeoutError(hook, timeout)), timeout);
    });
    try {
      return await Promise.race([run(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The app's logger, made safe: what it cannot write goes to the console. */
export function guardLogger(logger: Logger): Logger {
  const level =
    (name: 'info' | 'warn' | 'error') =>
    (fields: object, message: string): void =>
      attempt(
        () => logger[name](fields, message),
        (err) => attempt(() => console.error(`portage: ${message}; and \`logger\` failed:`, err), nothing),
      );
  return { info: level('info'), warn: level('warn'), error: level('error') };
}

const nothing = () => undefined;

/** Runs what may throw, now or later. */
function attempt(run: () => unknown, failed: (error: unknown) => void): void {
  try {
    // A promise that nobody waits for would end the process of Node where it rejects.
    Promise.resolve(run()).catch(failed);
  } catch (error) {
    failed(error);
  }
}
