import Type from 'typebox'

const address = (what: string) => Type.Optional(Type.String({ pattern: '^https?://', shown: 'ADDRESS', description: what }))
const exporter = (what: string) =>
  Type.Enum(['otlp', 'none'], { default: 'otlp', description: `where ${what} go, once there is an endpoint` })

/** OpenTelemetry's own variables, as far as they are listened to; its packages read them as well. */
export const otlpEnvironment = {
  OTEL_EXPORTER_OTLP_ENDPOINT: address(
    'a collector that traces and metrics are sent to by OTLP over HTTP, such as `http://collector:4318`; absent: nowhere',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address('the whole address for traces, where it is another one'),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: address('the whole address for metrics, where it is another one'),
  OTEL_EXPORTER_OTLP_HEADERS: Type.Optional(
    Type.String({
      pattern: '^[^=,]+=[^,]*(,[^=,]+=[^,]*)*$',
      shown: 'NEVER',
      description: 'headers sent along, such as a token: `name=value`, separated by commas',
    }),
  ),
  OTEL_EXPORTER_OTLP_PROTOCOL: Type.Enum(['http/protobuf', 'http/json'], { default: 'http/protobuf', description: 'how they are written' }),
  OTEL_EXPORTER_OTLP_TIMEOUT: Type.Integer({
    minimum: 1,
    maximum: 600_000,
    default: 10_000,
    description: 'milliseconds until a collector that does not answer is given up',
  }),
  OTEL_TRACES_EXPORTER: exporter('traces'),
  OTEL_METRICS_EXPORTER: exporter('metrics'),
  OTEL_METRIC_EXPORT_INTERVAL: Type.Integer({
    minimum: 100,
    maximum: 3_600_000,
    default: 60_000,
    description: 'milliseconds from one export of metrics to the next',
  }),
  OTEL_TRACES_SAMPLER: Type.Enum(
    ['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
    { default: 'parentbased_always_on', description: 'which requests are traced' },
  ),
  OTEL_TRACES_SAMPLER_ARG: Type.Optional(
    Type.String({
      pattern: '^(0(\\.\\d+)?|1(\\.0+)?)$',
      description: 'the share of requests that is traced, from 0 to 1, where the sampler takes one',
    }),
  ),
  OTEL_SERVICE_NAME: Type.String({
    minLength: 1,
    default: 'sightline',
    description: 'what the service calls itself in traces and metrics',
  }),
  OTEL_RESOURCE_ATTRIBUTES: Type.Optional(
    Type.String({
      pattern: '^[^=,]+=[^,]*(,[^=,]+=[^,]*)*$',
      description: 'what else it says of itself: `name=value`, separated by commas',
    }),
  ),
  OTEL_SDK_DISABLED: Type.Boolean({ default: false, description: 'send nothing, whatever else is set' }),
}
