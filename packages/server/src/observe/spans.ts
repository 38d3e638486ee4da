/** A piece of work, for a trace. */
export interface Span {
  /** `uploads create` for a call, `uploads onComplete` for a hook of the app within one. */
  readonly name: string;
  /** Of the caller, as W3C Trace Context has it, for the span of a call. */
  readonly traceparent?: string;
  /** What the span is about, such as `uploads.route`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Runs a piece of work within a span of your own, and ends the span when the work has ended. The span should be current
 * while `run` runs, so that what a hook calls is part of the trace.
 *
 * @example
 * <T>(span, run) => tracer.startActiveSpan(span.name, (current) => run().finally(() => current.end()))
 */
export type Spans = (span: Span, run: () => Promise<unknown>) => unknown;

/** Runs work within a span; without one where the app's function fails, or does not run it at once. */
export function createTracer(spans: Spans | undefined, tell: (listener: string, run: () => unknown) => void) {
  return <T>(span: Span, run: () => Promise<T>): Promise<T> => {
    if (spans === undefined) return run();
    let running: Promise<T> | undefined;
    const once = () => {
      running ??= run();
      return running;
    };
    tell('spans', async () => {
      try {
        await spans(span, once);
      } catch (error) {
        // The failure of the work itself is told where it belongs.
        if (error !== (await running?.then(nothing, (own: unknown) => own))) throw error;
      }
    });
    return running ?? once();
  };
}

export type Tracer = ReturnType<typeof createTracer>;

const nothing = () => undefined;
