import { remembered } from '../../remembered.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { type Asked, findMissing, hasUnread, type Missing } from './asked.js'
import { gatewayKinds, ruleKinds } from './asked-kinds.js'

type OfProxies = readonly Asked<'SCOPE' | 'ROUTE' | 'DISCOVERY' | 'NETWORK' | 'TRANSPORT'>[]

/** What could not be read of that which tells the endpoints that a control plane knows: Services, and what stands behind them. */
export const behindServices = ({ view, observed }: { readonly view: ControlPlaneView; readonly observed: Cluster }): OfProxies => {
  const { configCluster, clustersKnown, controlPlane, snapshot } = view
  const system = snapshot.clusters.get(controlPlane.cluster ?? '') ?? configCluster
  const templates = observed.observed ? [] : (['podControllers'] as const)
  return [
    { cluster: observed, kinds: ['endpointSlices', 'pods', 'nodes', ...templates] },
    { cluster: configCluster, kinds: ['workloadEntries'] },
    ...(clustersKnown ? [] : [{ cluster: system, kinds: ['secrets'] as const, namespaces: [controlPlane.systemNamespace] }]),
  ]
}

/** What could not be read of that which any of its proxies is configured by. */
export const missingToProxies = remembered((view: ControlPlaneView): { readonly missing: readonly Missing[] } => {
  if (!hasUnread(view.snapshot)) return { missing: [] }
  const { configCluster: cluster, controlPlane, snapshot } = view
  const system = snapshot.clusters.get(controlPlane.cluster ?? '') ?? cluster
  const ofIstio = ['serviceEntries', 'virtualServices', ...ruleKinds, 'sidecars', 'peerAuthentications', ...gatewayKinds] as const
  const asked: OfProxies = [
    { cluster, kinds: ofIstio },
    { cluster: system, kinds: ['configMaps', 'installations'], namespaces: [controlPlane.systemNamespace] },
    ...view.clusters.map((each) => ({ cluster: each, kinds: ['services', 'namespaces'] as const })),
    ...view.clusters.flatMap((observed) => behindServices({ view, observed })),
  ]
  return { missing: findMissing(asked) }
})
