import type { FastifyInstance } from 'fastify'

/** What spans say besides their name: words of our own, never what a client sent. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>

/** Spans, where traces are exported: of every request, and of what is done for it. */
export interface Tracing {
  /** A span around every request of `app` but those of probes, below the caller's own where a `traceparent` names it. */
  traceRequests(app: FastifyInstance): void
  /** Does work inside a span below the one that is under way; `factsOf` says more of it once it is done. */
  during<T>(name: string, facts: SpanFacts, work: () => Promise<T>, factsOf?: (done: T) => SpanFacts): Promise<T>
}
