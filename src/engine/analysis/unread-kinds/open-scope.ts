import { domainSuffix } from '../../istiod/matching/hosts.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { namesClusterset } from '../../snapshot/services/names-clusterset.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client, ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { InScope, Named } from '../call/stage-values.js'
import { gatewayKinds } from './asked-kinds.js'
import { type Asked, findMissing, hasUnread } from './asked.js'
import { importsFrom, routesFrom } from './imports-from.js'
import { leaveOpen } from './leave-open.js'

type AtScope = readonly Asked<'SCOPE'>[]

/** The control plane's settings, the client's Sidecar, and, of a host that is no Service, everything that could make it one. */
export const openScope = (call: ResolvedCall, named: Named, outcome: Outcome<InScope>): Outcome<InScope> => {
  const { client } = call
  if (!hasUnread(client.snapshot)) return outcome
  const scope = scopeOf(client)
  if (scope === undefined) return leaveOpen(outcome, findMissing(ofProxies(client)))
  return leaveOpen(outcome, findMissing([...ofControlPlane(scope.view), ...ofClient(client, scope), ...ofHost(named, scope, outcome)]))
}

/** Without a proxy, by all that is given: is there one after all, or a control plane for it (MODEL-23, MODEL-27)? */
export function ofProxies({ cluster, workload }: Client): AtScope {
  const installed = ['installations', 'revisionTags'] as const
  const running = ['podControllers', 'pods'] as const
  const system = ['istio-system']
  const guessed = workload.dataPlane !== 'NONE' || cluster.role.provenance === 'ASSUMED'
  return [
    ...(workload.synthesised ? [{ cluster, kinds: ['namespaces'] as const }] : []),
    ...(guessed
      ? [
          { cluster, kinds: installed },
          { cluster, kinds: running, namespaces: system },
        ]
      : []),
  ]
}

/** MeshConfig that nobody gives is Istio's default, and flags that nobody gives are as usual: unless they could not be read. */
export function ofControlPlane({ controlPlane, snapshot, configCluster }: ControlPlaneView): AtScope {
  const host = snapshot.clusters.get(controlPlane.cluster ?? '') ?? configCluster
  const namespaces = [controlPlane.systemNamespace]
  const { meshConfig, version } = controlPlane
  return [
    ...(meshConfig.because.length > 0 ? [] : [{ cluster: host, kinds: ['configMaps', 'installations'] as const, namespaces }]),
    ...(version.assumed ? [{ cluster: host, kinds: ['podControllers', 'pods'] as const, namespaces }] : []),
    ...(meshConfig.discoverySelectors.length > 0 ? [{ cluster: configCluster, kinds: ['namespaces'] as const }] : []),
  ]
}

/** Namespaces in which the Sidecar could stand that counts instead: only the root's where the client's own has one without a selector (VIS-14). */
export function ofClient({ workload }: Client, { view, sidecar }: ProxyScope): AtScope {
  const { configCluster: cluster } = view
  if (workload.dataPlane === 'GATEWAY') return [{ cluster, kinds: gatewayKinds }]
  const injected = workload.synthesised ? [{ cluster: view.snapshot.clusters.get(workload.cluster), kinds: ['namespaces'] as const }] : []
  if (workload.dataPlane === 'AMBIENT') return injected
  const own = sidecar?.meta.namespace === workload.namespace
  const namespaces = own ? [workload.namespace] : [workload.namespace, view.controlPlane.meshConfig.rootNamespace]
  return [...injected, { cluster, kinds: ['sidecars'], namespaces }]
}

/** A Kubernetes Service stands before every entry of its name (VIS-22). */
function ofHost({ hostname }: Named, scope: ProxyScope, outcome: Outcome<InScope>): AtScope {
  const { view } = scope
  const service = outcome.passed ? outcome.value.service : undefined
  if (service?.registry === 'KUBERNETES') return []
  const ofSet = namesClusterset(view.controlPlane) ? readClustersetName(hostname) : undefined
  const kinds = ofSet === undefined ? (['services'] as const) : (['services', 'serviceImports'] as const)
  const namespace = (ofSet ?? readServiceName(hostname, domainSuffix(view)))?.namespace
  const namespaces = namespace === undefined ? [] : [namespace]
  return [
    ...view.clusters.map((cluster) => ({ cluster, kinds, namespaces })),
    { cluster: view.configCluster, kinds: ['serviceEntries'], takes: importsFrom(scope, hostname) },
    ...(service === undefined
      ? [{ cluster: view.configCluster, kinds: ['virtualServices'] as const, takes: routesFrom(scope, hostname) }]
      : []),
  ]
}
