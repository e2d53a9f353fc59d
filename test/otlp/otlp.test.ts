import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { twoClusters } from '../operations/two-clusters.js'
import { findFreePort, type ServiceProcess, startService } from '../house/service-process.js'
import { attributesOf, type Collector, lastMetricsIn, resourceOf, spansIn, type SentMetric, startCollector } from './collector.js'

const scratch = mkdtempSync(join(tmpdir(), 'otlp-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function observed(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly service: ServiceProcess; readonly collector: Collector }> {
  const collector = await startCollector()
  const service = await startService([process.execPath, 'dist/main.js'], '.', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRIC_EXPORT_INTERVAL: '200',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    ...environment,
  })
  open.push(service.stop, collector.close)
  return { service, collector }
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const parent = '00f067aa0ba902b7'
const from = { cluster: 'west', namespace: 'shop', workload: 'canary-workload' }

async function use({ url }: ServiceProcess): Promise<void> {
  const body = new Uint8Array(twoClusters().body)
  const stored = await fetch(`${url}/v1/topologies/canary-topology/versions?message=canary-message`, {
    method: 'POST',
    headers: { 'content-type': 'application/yaml', authorization: 'Bearer canary-token' },
    body,
  })
  expect(stored.status).toBe(201)
  await fetch(`${url}/v1/topologies/canary-topology/versions/latest/reachability`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${parent}-01` },
    body: JSON.stringify({ from, to: { host: 'canary-host' } }),
  })
  await fetch(`${url}/graphql?query=%7B__typename%7D`)
}

/** The histogram of requests says of one append what Prometheus’ own form does: a count in one bucket. */
function expectOneRequest(metrics: readonly SentMetric[]): void {
  const times = metrics.find(({ name }) => name === 'sightline_http_request_duration_seconds')?.histogram
  expect(times?.aggregationTemporality).toBe(2)
  const route = '/v1/topologies/:name/versions'
  const asked = times?.dataPoints.filter(({ attributes }) => attributesOf(attributes)['route'] === route) ?? []
  expect(
    asked.map(({ attributes, count, explicitBounds, bucketCounts }) => ({
      labels: attributesOf(attributes),
      count: Number(count),
      bounds: explicitBounds.slice(0, 2),
      buckets: bucketCounts.length - explicitBounds.length,
      counted: bucketCounts.reduce<number>((sum, each) => sum + Number(each), 0),
    })),
  ).toEqual([{ labels: { method: 'POST', route, status: '201' }, count: 1, bounds: [0.0005, 0.001], buckets: 1, counted: 1 }])
  expect(asked[0]?.sum).toBeGreaterThan(0)
}

describe('a service with a collector', () => {
  let collector: Collector
  /** Its metrics as Prometheus' form has them. */
  let text: string
  beforeAll(async () => {
    const { service, ...seen } = await observed({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20collector',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    })
    await use(service)
    text = await (await fetch(`${service.url}/metrics`)).text()
    await service.stop()
    collector = seen.collector
  }, 90_000)

  it('sends a span of every request, and below it what was done, and nothing that a client sent', () => {
    const spans = spansIn(collector.sent)
    const asked = spans.find(({ name }) => name === 'POST /v1/topologies/:name/versions/:ref/reachability')
    expect(asked).toMatchObject({ traceId, parentSpanId: parent, kind: 2 })
    expect(asked?.attributes.map(({ key }) => key).toSorted()).toEqual([
      'http.request.method',
      'http.response.status_code',
      'http.route',
      'url.scheme',
    ])
    const below = spans.filter(({ parentSpanId }) => parentSpanId === asked?.spanId)
    expect(below.map(({ name }) => name)).toEqual(expect.arrayContaining(['store findVersion', 'analysis calls']))
    expect(below.every((span) => span.traceId === traceId)).toBe(true)
    const appended = spans.find(({ name }) => name === 'POST /v1/topologies/:name/versions')
    expect(appended?.parentSpanId ?? '').toBe('')
    const under = spans.filter((span) => span.traceId === appended?.traceId && span.spanId !== appended?.spanId)
    expect(
      under.map(({ name }) => name),
      'though its body came in many pieces',
    ).toEqual(expect.arrayContaining(['analysis prepare', 'store append']))
    expect(under.every(({ parentSpanId }) => parentSpanId === appended?.spanId)).toBe(true)
    expect(spans.some(({ name }) => name === 'GET /graphql')).toBe(true)
    expect(spans.filter(({ name }) => /readyz|livez|metrics/.test(name))).toEqual([])

    const everything = Buffer.concat(collector.sent.map(({ body }) => body)).toString()
    expect(everything).not.toMatch(/canary/)
    expect(collector.sent.every(({ headers }) => headers.authorization === 'Bearer collector')).toBe(true)
    const traces = collector.sent.find(({ path }) => path === '/v1/traces')
    expect(traces && resourceOf(traces)).toMatchObject({
      'service.name': 'sightline',
      'service.version': '0.1.0',
      'deployment.environment.name': 'test',
    })
  })

  it('sends the figures of its metrics, all of them, as they are', () => {
    const metrics = lastMetricsIn(collector.sent)
    const own = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, type]) => [name, type])
    expect(own.length).toBeGreaterThan(20)
    expect(metrics.map(({ name, sum, gauge }) => [name, sum ? 'counter' : gauge ? 'gauge' : 'histogram']).toSorted()).toEqual(
      own.toSorted(),
    )

    const appends = metrics.find(({ name }) => name === 'sightline_appends_total')
    expect(appends?.sum).toMatchObject({ isMonotonic: true, aggregationTemporality: 2 })
    expect(appends?.sum?.dataPoints.map(({ attributes, asDouble }) => [attributesOf(attributes), asDouble])).toContainEqual([
      { result: 'created' },
      1,
    ])
    expectOneRequest(metrics)
  })

  it('writes protobuf unless told otherwise, and sends what it is told to send alone', async () => {
    const { service, collector } = await observed({ OTEL_EXPORTER_OTLP_PROTOCOL: '', OTEL_TRACES_EXPORTER: 'none' })
    await use(service)
    await service.stop()
    expect(new Set(collector.sent.map(({ path, headers }) => `${path} ${headers['content-type']}`))).toEqual(
      new Set(['/v1/metrics application/x-protobuf']),
    )
    expect(collector.sent.at(-1)?.body.includes('sightline_http_request_duration_seconds')).toBe(true)
  }, 90_000)

  it('answers and ends in time though the collector is away', async () => {
    const away = `http://127.0.0.1:${await findFreePort()}`
    const { service } = await observed({ OTEL_EXPORTER_OTLP_ENDPOINT: away })
    await use(service)
    const began = performance.now()
    expect(await service.stop()).toBe(0)
    expect(performance.now() - began).toBeLessThan(10_000)
  }, 90_000)
})

describe('a service without one', () => {
  it.each([
    ['nothing said', {}],
    ['it is told to send nothing', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' }],
  ])(
    'loads nothing for it: %s',
    async (_what, environment) => {
      const file = join(scratch, 'loaded.json')
      const preload = resolve('test/otlp/packages-loaded.cjs')
      const service = await startService([process.execPath, '--require', preload, 'dist/main.js'], '.', {
        ...environment,
        PACKAGES_LOADED: file,
      })
      await use(service)
      await service.stop()
      const loaded = JSON.parse(readFileSync(file, 'utf8')) as readonly string[]
      expect(
        loaded.filter((name) => name !== '@opentelemetry/api'),
        'prom-client loads its types',
      ).toEqual([])
    },
    90_000,
  )
})
