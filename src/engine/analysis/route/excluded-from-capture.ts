import { parseCidr } from '../../snapshot/networks/cidr.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { Said } from '../call/outcome.js'

const PREFIX = 'traffic.sidecar.istio.io/'

const itemsOf = (text: string | undefined): readonly string[] =>
  text === undefined
    ? []
    : text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')

const lists = (text: string | undefined, port: number): boolean => itemsOf(text).some((item) => item === '*' || Number(item) === port)

const isKnown = (address: string): boolean => ipFamily(address) !== undefined

const liesIn = (ranges: readonly string[], address: string): boolean =>
  ranges.some((range) => {
    const cidr = parseCidr(range)
    return cidr !== undefined && (cidr.prefix === 0 || cidr.contains(address))
  })

/**
 * The annotation that keeps the call away, in the order of the rules that it is written to: ports, addresses, then what is left out of what is taken.
 *
 * An address that nobody gave is taken for one that the ranges mean: they are written for the cluster's own Services.
 */
function keptAwayBy({ annotations }: Workload, port: number, addresses: readonly string[]): string | undefined {
  if (lists(annotations[`${PREFIX}excludeOutboundPorts`], port)) return 'excludeOutboundPorts'
  const excluded = itemsOf(annotations[`${PREFIX}excludeOutboundIPRanges`])
  if (excluded.length > 0 && addresses.length > 0 && addresses.every((address) => liesIn(excluded, address)))
    return 'excludeOutboundIPRanges'
  const included = annotations[`${PREFIX}includeOutboundIPRanges`]
  if (included === undefined || included.trim() === '*' || lists(annotations[`${PREFIX}includeOutboundPorts`], port)) return undefined
  const ranges = itemsOf(included)
  const isLeftOut = ranges.length === 0 || (addresses.length > 0 && addresses.every((one) => isKnown(one) && !liesIn(ranges, one)))
  return isLeftOut ? 'includeOutboundIPRanges' : undefined
}

/** The addresses that packets are sent to, as ranges are compared with: an automatic one is not known, and the block that all of them come from is (DNS-15). */
export const comparable = (addresses: readonly string[], service: MeshService | undefined): readonly string[] =>
  service === undefined || service.registry === 'KUBERNETES'
    ? addresses
    : addresses.map((address) => (address === 'auto' ? '240.240.0.1' : address))

/** Is traffic to this port of the addresses kept away from the proxy by the pod's annotations? Then the workload calls like one without (ROUTE-33). */
export function excludedFromCapture(workload: Workload, port: number, addresses: readonly string[]): Said | undefined {
  const key = keptAwayBy(workload, port, addresses)
  if (key === undefined) return undefined
  const what = key.endsWith('IPRanges') && addresses.length > 0 ? `calls to \`${addresses.join('`, `')}\`` : `calls to port ${port}`
  const message = `the annotation \`${PREFIX}${key}\` keeps ${what} away from the client’s proxy`
  return { reason: 'NOT_CAPTURED', message, because: [{ ...workload.ref, path: `metadata.annotations["${PREFIX}${key}"]` }] }
}
