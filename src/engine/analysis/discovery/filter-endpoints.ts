/**
 * Which of a service's endpoints is this proxy given? The chain that a control plane walks for each one, in its order; the first step that
 * objects is the reason. Rules EDS-26 (steps 2 … 9), VIS-34, VIS-36, NET-36, EDS-23, EDS-28, DNS-31, NET-45.
 */
import { flatMap } from '../../flat-map.js'
import { listSome } from '../answer/list-some.js'
import { pause } from '../../pause.js'
import { takesAbsentViewAsAll } from '../../snapshot/releases.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Client } from '../call/call.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { readsScopes } from '../../istiod/ambient/reads-scopes.js'
import { serviceScope } from '../../istiod/ambient/service-scope.js'
import { whyNotExported } from './why-not-exported.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import { podField } from '../../snapshot/workloads/pod-field.js'
import { atPath } from '../call/at-path.js'
import type { Dropped, RouteTarget } from '../call/stage-values.js'
import { sendsUnready } from '../../istiod/endpoints/sends-unready.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { tellSelectorMiss } from '../near/selector-miss.js'
import { subsetNamed } from '../../istiod/destination-rules/subset-named.js'

export interface FilterContext {
  readonly client: Client
  readonly view: ControlPlaneView
  readonly target: Pick<RouteTarget, 'service' | 'subset' | 'rule' | 'port'>
}

type Objection = Omit<Dropped, 'endpoint'> | undefined
type Check = (context: FilterContext, endpoint: Endpoint) => Objection

const because = (endpoint: Endpoint, ...more: readonly (readonly ResourceRef[] | undefined)[]): readonly ResourceRef[] => [
  ...flatMap(more, (refs) => refs ?? []),
  ...endpoint.because,
]

const resolvedByProxy = ({ resolution }: MeshService): boolean =>
  resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN' || resolution === 'DYNAMIC_DNS'

const invalidAddress: Check = ({ target }, endpoint) => {
  const { address } = endpoint
  if (resolvedByProxy(target.service) || address === '' || address.startsWith('pod:')) return undefined
  if (ipFamily(address) !== undefined || address.startsWith('unix://')) return undefined
  return {
    reason: 'INVALID_ADDRESS',
    message: `\`${address}\` is not an IP address, and the service is not resolved by name`,
    because: endpoint.because,
  }
}

const subsetMismatch: Check = ({ target }, endpoint) => {
  if (target.subset === '') return undefined
  const subset = subsetNamed(target.rule, target.subset)
  if (subset === undefined || selectorMatches(subset.labels, endpoint.labels)) return undefined
  const message = `subset \`${target.subset}\` ${tellSelectorMiss(subset.labels, endpoint.labels, 'the endpoint')}`
  return { reason: 'SUBSET_MISMATCH', message, because: [...subsetRefs(target), ...labelRefs(endpoint)] }
}

/** Of the endpoint what it is labelled with: whoever selects it for the service does so rightly. */
const labelRefs = ({ workload, because: refs }: Endpoint): readonly ResourceRef[] =>
  workload === undefined ? refs : [podField(workload, 'LABELS')]

/** The labels of the subset in the one rule that has it. */
function subsetRefs({ rule, subset }: FilterContext['target']): readonly ResourceRef[] {
  const { because: refs = [], rules = [] } = rule ?? {}
  const index = rules.length === 1 ? (rules[0]?.subsets.findIndex(({ name }) => name === subset) ?? -1) : -1
  return index < 0 ? refs : refs.map((ref) => atPath(ref, 'DestinationRule', `spec.subsets[${index}].labels`))
}

/** What is no pod is on no node, and next to nobody's pod therefore (VIS-36). */
const onNoNode = ({ origin, workload }: Endpoint): boolean =>
  origin === 'WORKLOAD_ENTRY' || (origin === 'SERVICE_ENTRY' && workload === undefined)

const nodeCalled = (name: string): string => (name === '' ? 'a node that is not given' : `node \`${name}\``)

const nodeLocal: Check = ({ client, target }, endpoint) => {
  const definition = target.service.definitions[0]
  if (definition?.service.internalTrafficPolicyLocal !== true) return undefined
  const node = client.workload.nodeName ?? ''
  const mayBeSame = onNoNode(endpoint)
    ? client.workload.meta.kind === 'WorkloadEntry'
    : node === '' || endpoint.nodeName === '' || endpoint.nodeName === node
  if (endpoint.cluster === client.cluster.name && mayBeSame) return undefined
  const message = `\`internalTrafficPolicy: Local\` keeps the call on ${nodeCalled(node)}, the endpoint is on ${nodeCalled(endpoint.nodeName)}`
  return { reason: 'NODE_LOCAL', message, because: because(endpoint, [target.service.ref]) }
}

const networkView: Check = ({ client, view }, endpoint) => {
  const { requestedNetworks } = client.workload
  if (requestedNetworks.length > 0 ? requestedNetworks.includes(endpoint.network) : endpoint.network === '') return undefined
  // Release 1.2 took an absent view as "the unnamed network only", today it means everything (DNS-31).
  const strict = !takesAbsentViewAsAll(view.controlPlane)
  if (!strict && (requestedNetworks.length === 0 || endpoint.network === '')) return undefined
  const asked = requestedNetworks.length === 0 ? 'only endpoints without network' : `only ${listSome(requestedNetworks)}`
  const message = `the proxy asks for ${asked}, the endpoint is on ${endpoint.network === '' ? 'none' : `\`${endpoint.network}\``}`
  return { reason: 'NETWORK_VIEW', message, because: because(endpoint, [client.workload.ref]) }
}

const clusterLocal: Check = ({ client, view, target }, endpoint) => {
  if (!target.service.clusterLocal) return undefined
  // A ServiceEntry's endpoints are filed under the config cluster, and pods it selects under their own as well: both must agree (EDS-33).
  const filedElsewhere = endpoint.origin === 'SERVICE_ENTRY' && view.configCluster !== undefined && view.configCluster !== client.cluster
  if (endpoint.cluster === client.cluster.name && !filedElsewhere) return undefined
  const message = filedElsewhere
    ? `\`${target.service.hostname}\` is cluster-local, and its ServiceEntry belongs to \`${view.configCluster?.name}\`, not to \`${client.cluster.name}\``
    : `\`${target.service.hostname}\` is cluster-local, and the endpoint is in \`${endpoint.cluster}\`, not in \`${client.cluster.name}\``
  return { reason: 'CLUSTER_LOCAL', message, because: because(endpoint, view.controlPlane.meshConfig.because) }
}

/** Where ambient mode spans networks, proxies are given endpoints of other clusters for `GLOBAL` services only, and for those that ambient mode does not know (NET-45). */
const notGlobal: Check = ({ client, view, target }, endpoint) => {
  if (!readsScopes(view) || endpoint.cluster === client.cluster.name) return undefined
  if (serviceScope(view, target.service).scope !== 'LOCAL') return undefined
  const message = `\`${target.service.hostname}\` is not \`GLOBAL\` (\`serviceScopeConfigs\`), and the endpoint is in \`${endpoint.cluster}\`, not in \`${client.cluster.name}\``
  return { reason: 'CLUSTER_LOCAL', message, because: because(endpoint, [view.controlPlane.ref, target.service.ref]) }
}

/** EDS-26, step 7. */
const notExported: Check = ({ client, view, target }, endpoint) => {
  const message = whyNotExported(view, target.service, client.cluster.name, endpoint)
  if (message === undefined) return undefined
  return { reason: 'NOT_EXPORTED', message, because: because(endpoint, [view.controlPlane.ref, target.service.ref]) }
}

/** An address-less endpoint stands for "behind that network's gateways" (EDS-23). */
const withoutAddress: Check = ({ client, view }, endpoint) => {
  if (endpoint.address !== '') return undefined
  const own = client.workload.proxyNetwork
  const gateways = view.gateways.get(endpoint.network) ?? []
  if (gateways.length > 0 && endpoint.network !== own) return undefined
  const { network } = endpoint
  const none = network === '' ? 'no network whose gateways could stand for it' : `network \`${network}\` has no gateway`
  const why = gateways.length > 0 ? 'the proxy is in that network itself' : none
  return { reason: 'ENDPOINT_WITHOUT_ADDRESS', message: `the endpoint has no address, and ${why}`, because: endpoint.because }
}

const unhealthy: Check = (_context, endpoint) => {
  if (endpoint.health === 'HEALTHY' || endpoint.health === 'UNHEALTHY') return undefined
  const words = { DRAINING: 'draining', TERMINATING: 'terminating' } as const
  return { reason: endpoint.health, message: `the endpoint is ${words[endpoint.health]}`, because: endpoint.because }
}

const chain: readonly Check[] = [
  invalidAddress,
  subsetMismatch,
  nodeLocal,
  networkView,
  clusterLocal,
  notExported,
  notGlobal,
  withoutAddress,
  unhealthy,
]

/** An endpoint that is not ready, and gets no traffic therefore, whether the proxy is given it or not (EDS-9). */
export const droppedAsUnready = (endpoint: Endpoint): Dropped => ({
  endpoint,
  reason: 'UNHEALTHY',
  message: 'the endpoint is not ready',
  because: endpoint.because,
})

export interface Filtered {
  readonly left: readonly Endpoint[]
  /** Handed out although they are not ready: they count, for their gateway and their locality, but take no traffic by their own address. */
  readonly unready: readonly Endpoint[]
  readonly dropped: readonly Dropped[]
}

/** What is left for the proxy, and why the others are not. */
export function filterEndpoints(context: FilterContext, endpoints: readonly Endpoint[]): Filtered {
  const { view, target } = context
  const left: Endpoint[] = []
  const unready: Endpoint[] = []
  const dropped: Dropped[] = []
  const sends = (): boolean => sendsUnready(view, target.service, target.rule, target.port.number, target.subset)
  for (const endpoint of endpoints) {
    pause()
    const objection = firstObjection(context, endpoint)
    if (objection !== undefined) dropped.push({ endpoint, ...objection })
    else if (endpoint.health === 'HEALTHY') left.push(endpoint)
    else if (sends()) unready.push(endpoint)
    else dropped.push(droppedAsUnready(endpoint))
  }
  return { left, unready, dropped }
}

function firstObjection(context: FilterContext, endpoint: Endpoint): Objection {
  for (const check of chain) {
    const objection = check(context, endpoint)
    if (objection !== undefined) return objection
  }
  return undefined
}
