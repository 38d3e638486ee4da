import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { createMetrics, type Spans } from '@portage/server';
import { register } from 'prom-client';

/** For `observe` of `createUploads`. */
export const metrics = createMetrics();

/** What an endpoint of your own answers that Prometheus reads: uploads beside whatever else prom-client counts. */
export const scrape = async (): Promise<string> => (await register.metrics()) + metrics.prometheus();

const tracer = trace.getTracer('uploads');

/** For `spans` of `createUploads`: a span for each call, in the trace of the caller, and one for each hook within it. */
export const spans: Spans = ({ name, traceparent, attributes }, run) => {
  const active = context.active();
  const parent = traceparent === undefined ? active : propagation.extract(active, { traceparent });
  return tracer.startActiveSpan(name, { attributes: { ...attributes } }, parent, async (span) => {
    try {
      await run();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
};
