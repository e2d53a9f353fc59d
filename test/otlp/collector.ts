import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was sent to the stand-in for a collector. */
export interface Sent {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Collector {
  readonly url: string
  readonly sent: readonly Sent[]
  close(): Promise<void>
}

/** Takes what OTLP over HTTP sends, on loopback, and keeps it. */
export async function startCollector(): Promise<Collector> {
  const sent: Sent[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      sent.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      const type = request.headers['content-type'] ?? ''
      response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : '')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sent, close }
}

export interface SentSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly status: { readonly code?: number }
}

export interface SentMetric {
  readonly name: string
  readonly sum?: { readonly isMonotonic: boolean; readonly aggregationTemporality: number; readonly dataPoints: readonly Point[] }
  readonly gauge?: { readonly dataPoints: readonly Point[] }
  readonly histogram?: { readonly aggregationTemporality: number; readonly dataPoints: readonly HistogramPoint[] }
}
type Attributes = readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
interface Point {
  readonly attributes: Attributes
  readonly asDouble?: number
  readonly asInt?: number
}
interface HistogramPoint {
  readonly attributes: Attributes
  readonly count: number | string
  readonly sum: number
  readonly bucketCounts: readonly (number | string)[]
  readonly explicitBounds: readonly number[]
}

interface Scoped<T> {
  readonly resource: { readonly attributes: Attributes }
  readonly scopeSpans?: readonly { readonly spans: readonly T[] }[]
  readonly scopeMetrics?: readonly { readonly metrics: readonly T[] }[]
}
const parsed = ({ body }: Sent) =>
  JSON.parse(body.toString()) as { readonly resourceSpans?: Scoped<SentSpan>[]; readonly resourceMetrics?: Scoped<SentMetric>[] }

/** All spans that arrived as JSON, and what their resources say. */
export const spansIn = (sent: readonly Sent[]): readonly SentSpan[] =>
  sent
    .filter(({ path }) => path === '/v1/traces')
    .flatMap((each) => (parsed(each).resourceSpans ?? []).flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans }) => spans)))

/** The metrics that arrived last. */
export function lastMetricsIn(sent: readonly Sent[]): readonly SentMetric[] {
  const last = sent.findLast(({ path }) => path === '/v1/metrics')
  return last === undefined
    ? []
    : (parsed(last).resourceMetrics ?? []).flatMap(({ scopeMetrics = [] }) => scopeMetrics.flatMap(({ metrics }) => metrics))
}

export const resourceOf = (sent: Sent): Readonly<Record<string, string | undefined>> => {
  const { resourceSpans, resourceMetrics } = parsed(sent)
  return attributesOf((resourceSpans ?? resourceMetrics)?.[0]?.resource.attributes ?? [])
}

export const attributesOf = (attributes: Attributes): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]))
