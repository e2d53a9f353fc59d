import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from '../call/outcome.js'

const PREFIX = 'traffic.sidecar.istio.io/'

const lists = (text: string | undefined, port: number): boolean =>
  text !== undefined && text.split(',').some((item) => item.trim() === '*' || Number(item.trim()) === port)

/** Is traffic to this port kept away from the proxy by the pod's annotations? Then the workload calls like one without (ROUTE-33). */
export function excludedFromCapture({ annotations, ref }: Workload, port: number): Said | undefined {
  const excluded = annotations[`${PREFIX}excludeOutboundPorts`]
  const ranges = annotations[`${PREFIX}includeOutboundIPRanges`]
  const included = lists(annotations[`${PREFIX}includeOutboundPorts`], port)
  const nothing = ranges !== undefined && ranges.trim() === '' && !included
  if (!lists(excluded, port) && !nothing) return undefined
  const key = nothing ? 'includeOutboundIPRanges' : 'excludeOutboundPorts'
  const message = `the annotation \`${PREFIX}${key}\` keeps calls to port ${port} away from the client’s proxy`
  return { reason: 'NOT_CAPTURED', message, because: [{ ...ref, path: `metadata.annotations["${PREFIX}${key}"]` }] }
}
