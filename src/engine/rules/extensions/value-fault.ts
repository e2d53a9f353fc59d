/** What values the annotations of injection take; one that is not taken keeps the pod from being injected (Istio's injector refuses it). */
type Fault = (value: string) => string | undefined

const isNumber = (value: string, most: number): boolean => /^\d{1,10}$/u.test(value) && Number(value) <= most

const uint: Fault = (value) => (isNumber(value, 4_294_967_295) ? undefined : 'is no whole number')
const flag: Fault = (value) =>
  /^(?:1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/u.test(value) ? undefined : 'is neither `true` nor `false`'
const port: Fault = (value) => (isNumber(value.trim(), 65_535) ? undefined : 'is no port')
const mode: Fault = (value) => (/^(?:REDIRECT|TPROXY|NONE)$/u.test(value) ? undefined : 'is none of `REDIRECT`, `TPROXY`, `NONE`')
const quantity: Fault = (value) =>
  /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/u.test(value) ? undefined : 'is no quantity'

const listFault = (value: string, what: string, isOne: (item: string) => boolean): string | undefined => {
  const wrong = value === '' ? undefined : value.split(',').find((item) => !isOne(item))
  return wrong === undefined ? undefined : `has \`${wrong}\`, which is no ${what}`
}

const isRange = (item: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}\/(?:\d|[12]\d|3[0-2])$/u.test(item) || /^[0-9a-fA-F:.][0-9a-fA-F.]*:[0-9a-fA-F:.]*\/\d{1,3}$/u.test(item)

const ranges: Fault = (value) => listFault(value, 'range of addresses', isRange)
const ports: Fault = (value) => listFault(value.trim(), 'port', (item) => port(item) === undefined)
const allOrRanges: Fault = (value) => (value === '*' ? undefined : ranges(value))
const allOrPorts: Fault = (value) => (value === '*' ? undefined : ports(value))

const faults: Readonly<Record<string, Fault>> = {
  'sidecar.istio.io/interceptionMode': mode,
  'status.sidecar.istio.io/port': port,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': uint,
  'readiness.status.sidecar.istio.io/periodSeconds': uint,
  'readiness.status.sidecar.istio.io/failureThreshold': uint,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': allOrRanges,
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': ranges,
  'traffic.sidecar.istio.io/includeInboundPorts': allOrPorts,
  'traffic.sidecar.istio.io/excludeInboundPorts': ports,
  'traffic.sidecar.istio.io/excludeOutboundPorts': ports,
  'prometheus.istio.io/merge-metrics': flag,
  'sidecar.istio.io/proxyCPU': quantity,
  'sidecar.istio.io/proxyMemory': quantity,
  'sidecar.istio.io/proxyCPULimit': quantity,
  'sidecar.istio.io/proxyMemoryLimit': quantity,
}

/** What is wrong with the value; undefined: nothing that is known. */
export const valueFault = (name: string, value: string): string | undefined =>
  Object.hasOwn(faults, name) ? faults[name]?.(value) : undefined
