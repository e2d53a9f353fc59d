import { readFileSync } from 'node:fs'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { createTelemetry } from '#telemetry'

interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description?: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[]
}
const dashboard = JSON.parse(readFileSync('deploy/grafana/sightline.json', 'utf8')) as {
  readonly panels: readonly Panel[]
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly query: string | { readonly query: string } }[]
  }
}

/** Every metric of the service with its labels, those of scraping included. */
const telemetry = createTelemetry({ level: 'silent' })
telemetry.watchAnalyst(() => ({ ready: true, waiting: 0 }))
interface Known {
  readonly name: string
  readonly type: string
  readonly labelNames: readonly string[]
}
const known = new Map(
  (telemetry.registry.getMetricsAsArray() as unknown as readonly (Known & { readonly constructor: { readonly name: string } })[]).map(
    (metric) => [metric.name, { name: metric.name, type: metric.constructor.name, labelNames: metric.labelNames ?? [] }] as const,
  ),
)
const scraped = ['job', 'instance']

/** The metric that a series belongs to, as Prometheus spells those of histograms. */
function metricOf(series: string): Known | undefined {
  const own = known.get(series)
  if (own !== undefined) return own.type === 'Histogram' ? undefined : own
  const histogram = known.get(series.replace(/_(bucket|sum|count)$/, ''))
  return histogram?.type === 'Histogram'
    ? { ...histogram, labelNames: [...histogram.labelNames, ...(series.endsWith('_bucket') ? ['le'] : [])] }
    : undefined
}

/** Grafana fills these in before it asks. */
const filledIn = (query: string): string => query.replaceAll('$__rate_interval', '5m').replaceAll(/\$(job|instance)\b/g, 'a')

interface Query {
  readonly series: readonly string[]
  readonly labels: readonly string[]
  readonly mistakes: number
}

function readQuery(query: string): Query {
  const text = filledIn(query)
  const found = { series: [] as string[], labels: [] as string[], mistakes: 0 }
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      const words = text.slice(from, to)
      if (type.isError) found.mistakes += 1
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector') found.series.push(words)
      if (type.name === 'LabelName') found.labels.push(words)
    },
  })
  return found
}

const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
)
const asked = dashboard.templating.list.flatMap(({ name, query }) => {
  const [, expr] = /^label_values\((.*), \w+\)$/.exec(typeof query === 'string' ? query : query.query) ?? []
  return expr === undefined ? [] : [{ title: `the variable ${name}`, expr, legendFormat: '' }]
})

describe('the dashboard for Grafana', () => {
  it.each([...queries, ...asked])('$title asks for what the service tells: $expr', ({ expr, legendFormat }) => {
    const { series, labels, mistakes } = readQuery(expr)
    expect(mistakes, 'is a query of Prometheus').toBe(0)
    expect(series.length).toBeGreaterThan(0)
    expect(series.filter((name) => metricOf(name) === undefined)).toEqual([])
    const told = new Set([...scraped, ...series.flatMap((name) => metricOf(name)?.labelNames ?? [])])
    const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label)
    expect([...labels, ...shown].filter((label) => !told.has(label))).toEqual([])
  })

  it('would notice a metric, a label or a word that is not there', () => {
    expect(metricOf('sightline_http_request_duration_seconds'), 'a histogram has no series of its own name').toBeUndefined()
    expect(metricOf('sightline_requests_total')).toBeUndefined()
    expect(readQuery('sum by (le) (rate(a_bucket{b="c"}[$__rate_interval]))')).toEqual({
      series: ['a_bucket'],
      labels: ['le', 'b'],
      mistakes: 0,
    })
    expect(readQuery('sum(rate(a[5m])').mistakes).toBeGreaterThan(0)
  })

  it('shows every metric of our own', () => {
    const shown = new Set(queries.flatMap(({ expr }) => readQuery(expr).series.map((series) => metricOf(series)?.name)))
    expect([...known.keys()].filter((name) => name.startsWith('sightline_') && !shown.has(name))).toEqual([])
  })

  it('has panels with ids of their own that say what they show and lie on nobody else', () => {
    const { panels } = dashboard
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(panels.filter(({ type, description }) => type !== 'row' && (description ?? '') === '')).toEqual([])
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([])
    const overlap = panels.filter((one) =>
      panels.some((other) => {
        const [a, b] = [one.gridPos, other.gridPos]
        return one.id < other.id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
      }),
    )
    expect(overlap.map(({ title }) => title)).toEqual([])
  })
})
