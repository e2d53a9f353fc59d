import { parseCidr } from '../../snapshot/networks/cidr.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { Said } from '../call/outcome.js'
import type { Named } from '../call/stage-values.js'
import { topLevelOf } from '../name/ask-stub-domain.js'

const PREFIX = 'traffic.sidecar.istio.io/'

const MODE = 'sidecar.istio.io/interceptionMode'

/** Where a name of the internet leads, as far as it is known: to no address of a private network. */
const INTERNET = 'an address of the internet'

const PRIVATE_NETWORKS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '240.0.0.0/4',
  'fc00::/7',
]

const itemsOf = (text: string | undefined): readonly string[] =>
  text === undefined
    ? []
    : text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')

const lists = (text: string | undefined, port: number): boolean => itemsOf(text).some((item) => item === '*' || Number(item) === port)

const isPrivate = (range: string): boolean => {
  const [address = ''] = range.split('/')
  const prefix = parseCidr(range)?.prefix ?? 0
  return PRIVATE_NETWORKS.map(parseCidr).some((network) => network !== undefined && prefix >= network.prefix && network.contains(address))
}

/** Can it be told whether the address lies in the ranges? */
const isKnown = (address: string, ranges: readonly string[]): boolean =>
  address === INTERNET ? ranges.every(isPrivate) : ipFamily(address) !== undefined

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
  const isLeftOut = ranges.length === 0 || (addresses.length > 0 && addresses.every((one) => isKnown(one, ranges) && !liesIn(ranges, one)))
  return isLeftOut ? 'includeOutboundIPRanges' : undefined
}

/**
 * The addresses that packets are sent to, as ranges are compared with: an automatic one is not known, and the block that all of them come from is
 * (DNS-15); nor is one that public DNS answers with, and that it is none of a private network is.
 */
export function comparable({ hostname, addresses, resolvedBy }: Named, service: MeshService | undefined): readonly string[] {
  if (addresses.length === 0 && resolvedBy === 'UPSTREAM_DNS' && topLevelOf(hostname) === 'PUBLIC') return [INTERNET]
  if (service === undefined || service.registry === 'KUBERNETES') return addresses
  return addresses.map((address) => (address === 'auto' ? '240.240.0.1' : address))
}

/** Is traffic to this port of the addresses kept away from the proxy by the pod's annotations? Then the workload calls like one without (ROUTE-33). */
export function excludedFromCapture(workload: Workload, port: number, addresses: readonly string[]): Said | undefined {
  if (workload.annotations[MODE] === 'NONE') return said(workload, MODE, 'keeps all calls')
  const key = keptAwayBy(workload, port, addresses)
  if (key === undefined) return undefined
  const dialled = addresses.map((address) => (address === INTERNET ? 'addresses of the internet' : `\`${address}\``))
  const what = key.endsWith('IPRanges') && addresses.length > 0 ? `calls to ${dialled.join(', ')}` : `calls to port ${port}`
  return said(workload, `${PREFIX}${key}`, `keeps ${what}`)
}

const said = ({ ref }: Workload, annotation: string, keeps: string): Said => ({
  reason: 'NOT_CAPTURED',
  message: `the annotation \`${annotation}\` ${keeps} away from the client’s proxy`,
  because: [{ ...ref, path: `metadata.annotations["${annotation}"]` }],
})
