import { domainSuffix } from '../../istiod/matching/hosts.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { namesClusterset } from '../../snapshot/services/names-clusterset.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { ControlPlane } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { findMissing, hasUnread, type Missing } from './asked.js'
import { behindServices } from './missing-to-proxies.js'
import { ofClient, ofControlPlane, ofProxies } from './open-scope.js'

/** What is listed: everything, or one of these names. */
export interface Listing {
  readonly client: Client
  readonly names: readonly string[] | undefined
  readonly withEndpoints: boolean
}

const ofNames = (controlPlane: ControlPlane) =>
  namesClusterset(controlPlane) ? (['services', 'serviceImports'] as const) : (['services'] as const)

/** What could not be read of that which tells what a client sees: its Sidecar, Services and entries, and the rules that divide these into subsets. */
export const missingToList = ({ client, names, withEndpoints }: Listing): readonly Missing[] => {
  const { cluster, snapshot } = client
  if (!hasUnread(snapshot)) return []
  const scope = scopeOf(client)
  const suffix = scope === undefined ? cluster.clusterDomain : domainSuffix(scope.view)
  const standing = names?.flatMap((name) => (readClustersetName(name) ?? readServiceName(name, suffix))?.namespace ?? [])
  const within = standing === undefined ? {} : { namespaces: standing }
  if (scope === undefined)
    return findMissing([...ofProxies(client), { cluster, kinds: ['services', 'serviceImports'] as const, ...within }])
  const { view } = scope
  return findMissing([
    ...ofControlPlane(view),
    ...ofClient(client, scope),
    ...view.clusters.map((each) => ({ cluster: each, kinds: ofNames(view.controlPlane), ...within })),
    { cluster: view.configCluster, kinds: ['serviceEntries', 'destinationRules'] as const },
    ...(withEndpoints ? view.clusters.flatMap((observed) => behindServices({ view, observed })) : []),
  ])
}
