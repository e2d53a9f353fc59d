import { type HrTime, ValueType } from '@opentelemetry/api'
import { millisToHrTime } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import { AggregationTemporality, type DataPoint, DataPointType, type MetricData, type MetricProducer } from '@opentelemetry/sdk-metrics'
import type { Registry } from 'prom-client'

type Metric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number]
type Value = Metric['values'][number] & { readonly metricName?: string }
type HistogramValue = Extract<MetricData, { readonly dataPointType: DataPointType.HISTOGRAM }>['dataPoints'][number]['value']

/** The figures of `/metrics` as OTLP has them, under the same names: there is one set of figures, and two ways to it. */
export const produceMetrics = (registry: Registry, resource: Resource): MetricProducer => ({
  collect: async () => {
    const metrics = await registry.getMetricsAsJSON()
    const since = { startTime: millisToHrTime(performance.timeOrigin), endTime: millisToHrTime(Date.now()) }
    const scopeMetrics = [{ scope: { name: 'sightline' }, metrics: metrics.flatMap((metric) => dataOf(metric, since)) }]
    return { resourceMetrics: { resource, scopeMetrics }, errors: [] }
  },
})

interface Since {
  readonly startTime: HrTime
  readonly endTime: HrTime
}

function dataOf(metric: Metric, since: Since): readonly MetricData[] {
  const { name, help, values } = metric
  // prom-client's types say number, and it says a word.
  const type = String(metric.type)
  const common = {
    descriptor: { name, description: help, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  const points = (): DataPoint<number>[] => values.map(({ labels, value }) => ({ ...since, attributes: textsOf(labels), value }))
  if (type === 'counter') return [{ ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points() }]
  if (type === 'gauge') return [{ ...common, dataPointType: DataPointType.GAUGE, dataPoints: points() }]
  if (type !== 'histogram') return []
  return [{ ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: histograms(name, values, since) }]
}

function histograms(name: string, values: readonly Value[], since: Since): DataPoint<HistogramValue>[] {
  const series = new Map<string, { readonly attributes: Readonly<Record<string, string>>; readonly values: Value[] }>()
  for (const value of values) {
    const { le: _, ...attributes } = textsOf(value.labels)
    const key = JSON.stringify(Object.entries(attributes).toSorted())
    const known = series.get(key) ?? { attributes, values: [] }
    known.values.push(value)
    series.set(key, known)
  }
  return [...series.values()].map((one) => ({ ...since, attributes: one.attributes, value: histogramOf(name, one.values) }))
}

/** Prometheus counts what is at most a bound, OTLP what is between two. */
function histogramOf(name: string, values: readonly Value[]): HistogramValue {
  const one = (ending: string): number => values.find(({ metricName }) => metricName === `${name}_${ending}`)?.value ?? 0
  const bounds = values.filter(({ metricName }) => metricName === `${name}_bucket`)
  const boundaries = bounds.map(({ labels }) => Number((labels as Readonly<Record<string, unknown>>)['le'])).filter(Number.isFinite)
  const counts = bounds.map(({ value }, at) => value - (at === 0 ? 0 : (bounds[at - 1]?.value ?? 0)))
  return { buckets: { boundaries, counts }, sum: one('sum'), count: one('count') }
}

const textsOf = (labels: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]))
