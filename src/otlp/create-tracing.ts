import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Tracing } from './tracing.js'

const propagator = new W3CTraceContextPropagator()
/** Asked every few seconds by machines: a span of each would tell nothing, and a lot of it. */
const untraced: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz', '/metrics'])

/** Spans by a tracer, each below the one in which its work was begun. */
export function createTracing(tracer: Tracer): Tracing {
  const current = new AsyncLocalStorage<Context>()

  const begin = (request: FastifyRequest): { readonly span: Span; readonly context: Context } => {
    const { method, headers, routeOptions } = request
    const above = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
    const route = routeOptions.url
    const facts = { 'http.request.method': method, 'url.scheme': 'http', ...(route === undefined ? {} : { 'http.route': route }) }
    const span = tracer.startSpan(route === undefined ? method : `${method} ${route}`, { kind: SpanKind.SERVER, attributes: facts }, above)
    return { span, context: trace.setSpan(above, span) }
  }

  const traceRequests = (app: FastifyInstance): void => {
    const contexts = new WeakMap<FastifyRequest, Context>()
    app.addHook('onRequest', (request, reply, done) => {
      if (untraced.has(request.routeOptions.url)) return done()
      const { span, context } = begin(request)
      contexts.set(request, context)
      // Also of those that nobody waited for: then nothing else says that they are over.
      reply.raw.once('close', () => {
        span.setAttribute('http.response.status_code', reply.statusCode)
        if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      })
      current.run(context, done)
    })
    // A body arrives in events of the socket, which know nothing of the request.
    app.addHook('preValidation', (request, _reply, done) => {
      const context = contexts.get(request)
      return context === undefined ? done() : current.run(context, done)
    })
  }

  const during: Tracing['during'] = async (name, facts, work, factsOf) => {
    const above = current.getStore() ?? ROOT_CONTEXT
    const span = tracer.startSpan(name, { attributes: facts }, above)
    try {
      const done = await current.run(trace.setSpan(above, span), work)
      if (factsOf !== undefined) span.setAttributes(factsOf(done))
      return done
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  }
  return { traceRequests, during }
}
