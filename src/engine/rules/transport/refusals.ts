/**
 * Whose calls to which services do the servers refuse, for what is sent?
 *
 * Judged once for all consumers that apply the same DestinationRule, against the servers of each kind, by the stages that answer calls. A refusal counts
 * only where some of these consumers have the service at all. Rules TLS-4 … TLS-8, TLS-11.
 */
import { pausing } from '../../pause.js'
import { isCaptured } from '../../analysis/transport/is-captured.js'
import type { Sent } from '../../analysis/transport/client-transport.js'
import { effectiveRule } from '../../istiod/destination-rules/effective-rule.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import { remembered } from '../../remembered.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { anyoneIn, type Consumer } from '../consumers.js'
import { showsWorkloads } from '../selecting-nothing.js'
import { consumerGroups, type ConsumerGroup } from './consumer-groups.js'
import { imaginedService } from './imagined-service.js'
import { clientOf, negotiated } from './negotiated.js'
import { isSurelyTaken } from './surely-taken.js'
import { subsetNamed } from '../../istiod/destination-rules/subset-named.js'

export interface Refusal {
  readonly view: ControlPlaneView
  /** Some of those who are refused. */
  readonly consumers: readonly Consumer[]
  readonly service: MeshService
  readonly port: MeshPort
  readonly subset: string
  readonly rule: RuleInForce | undefined
  readonly sent: Sent
  readonly server: Workload
  readonly serverPort: number
}

/** Of the default subset, and of those that have a say about TLS. */
const subsetsOf = (rule: RuleInForce | undefined): readonly string[] => [
  '',
  ...(rule?.subsets ?? []).filter(({ policy }) => policy?.tls !== undefined || (policy?.ports.length ?? 0) > 0).map(({ name }) => name),
]

const kindOf = ({ cluster, port, tlsMode, workload }: Endpoint): string =>
  `${cluster} ${workload?.namespace}/${workload?.owner.kind}/${workload?.owner.name} ${workload?.dataPlane} ${port} ${tlsMode} ${workload !== undefined && isCaptured(workload, port)}`

/** One of each kind of the service's endpoints that are workloads. What gateways take is the business of who is routed there, port by port. */
const endpointKinds = (view: ControlPlaneView, service: MeshService, port: MeshPort): readonly Endpoint[] =>
  kindsAmong(endpointsOfCluster(view, service, port))

/** Services of one entry have one list. */
const kindsAmong = remembered((endpoints: readonly Endpoint[]): readonly Endpoint[] => {
  const kinds = new Map<string, Endpoint>()
  for (const endpoint of pausing(endpoints)) {
    const { workload } = endpoint
    if (workload !== undefined && workload.dataPlane !== 'GATEWAY') kinds.set(kindOf(endpoint), endpoint)
  }
  return [...kinds.values()]
})

const inSubset = ({ labels }: Endpoint, rule: RuleInForce | undefined, name: string): boolean =>
  name === '' || selectorMatches(subsetNamed(rule, name)?.labels ?? {}, labels)

/** How many of those who are refused are looked for. */
const enough = 4

function whoHas({ consumers }: ConsumerGroup, service: MeshService, port: MeshPort): readonly Consumer[] {
  const found: Consumer[] = []
  for (const consumer of consumers) {
    const scoped = consumer.scope.services.get(service.hostname)
    if (scoped?.service.namespace === service.namespace && scoped.ports.includes(port.number)) found.push(consumer)
    if (found.length === enough) break
  }
  return found
}

type Called = Pick<Refusal, 'view' | 'service' | 'port'>

/** What is refused of the consumers' calls to one port, one for each kind of server. */
function* refusedBy(called: Called, group: ConsumerGroup, endpoints: readonly Endpoint[]): Generator<Omit<Refusal, 'consumers'>> {
  const { service, port } = called
  const { rule, consumers } = group
  const speaker = consumers.find(({ atGateway }) => !atGateway) ?? consumers[0]
  const client = speaker === undefined ? undefined : clientOf(speaker)
  if (client === undefined) return
  for (const subset of subsetsOf(rule)) {
    for (const endpoint of endpoints) {
      const isAsked = inSubset(endpoint, rule, subset) && !isSurelyTaken(called.view, service, port, rule, endpoint)
      const found = isAsked ? negotiated(client, { service, port, subset, rule }, endpoint) : undefined
      if (found === undefined || found.outcome.step.reason !== 'TLS_REJECTED' || endpoint.workload === undefined) continue
      yield { ...called, subset, rule, sent: found.sent, server: endpoint.workload, serverPort: endpoint.port }
    }
  }
}

/** Has the service no servers but those that somebody wrote down by their addresses? There may be a hundred thousand of such services. */
const isWrittenDown = (view: ControlPlaneView, { registry, entries, hostname }: MeshService): boolean =>
  registry === 'SERVICE_ENTRY' &&
  entries.every(({ workloadSelector }) => workloadSelector === undefined) &&
  view.servicesByHost(hostname).length === 1

function* refusalsOfView(view: ControlPlaneView): Generator<Refusal> {
  for (const service of pausing(view.services)) {
    if (isWrittenDown(view, service)) continue
    let groups: readonly ConsumerGroup[] | undefined
    for (const port of service.ports) {
      const endpoints = endpointKinds(view, service, port)
      if (endpoints.length === 0) continue
      groups ??= [...consumerGroups(view, service)]
      for (const group of pausing(groups)) {
        for (const refused of refusedBy({ view, service, port }, group, endpoints)) {
          const consumers = whoHas(group, service, port)
          if (consumers.length > 0) yield { ...refused, consumers }
        }
      }
    }
  }
}

/** Where the document shows no workloads: what would be refused of whatever service stands in a namespace with policies, or in any. */
function* imaginedRefusals(view: ControlPlaneView): Generator<Refusal> {
  const { peerAuthentications, destinationRules } = view.configuration
  for (const namespace of new Set(['', ...peerAuthentications.keys()])) {
    const imagined = namespace === view.controlPlane.meshConfig.rootNamespace ? undefined : imaginedService(view, namespace)
    if (imagined === undefined) continue
    const { service, port, endpoint } = imagined
    const callers = namespace === '' ? destinationRules.keys() : [namespace, ...destinationRules.keys()]
    for (const caller of new Set(callers)) {
      const consumers = [anyoneIn(view, caller)]
      const group = { rule: effectiveRule(view, caller, {}, service), consumers }
      for (const refused of refusedBy({ view, service, port }, group, [endpoint])) yield { ...refused, consumers }
    }
  }
}

/** Every refusal, as each control plane's consumers meet it. */
export const refusalsOf = remembered((snapshot: Snapshot): readonly Refusal[] => {
  const refusalsIn = showsWorkloads(snapshot) ? refusalsOfView : imaginedRefusals
  return [...snapshot.controlPlanes.keys()].flatMap((name) => [...refusalsIn(snapshot.view(name))])
})
