import { passthroughServers } from '../../analysis/network/passage/passthrough-servers.js'
import { covers } from '../../snapshot/covers.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { type NetworkPlace, placesOf } from './network-place.js'
import { isReachedDirectly, offeredAcross } from './offered-across.js'

const missing = 'a Gateway with a server of protocol `TLS`, mode `AUTO_PASSTHROUGH` and hosts `*.local`'

const mayBeUnread = (cluster: Cluster | undefined): boolean => isUnread([cluster], 'gateways') || isUnread([cluster], 'kubernetesGateways')

/** Why what arrives at the gateway for other clusters’ clients goes no further. */
function whyNotOn(
  view: ControlPlaneView,
  network: string,
  { place, isEmpty, cluster, gateway }: NetworkPlace,
): Breach | string | undefined {
  if (isEmpty && !isUnread([cluster], 'pods')) return 'no ready gateway proxy stands behind it'
  if (place === undefined || mayBeUnread(place.view.configCluster)) return undefined
  const servers = passthroughServers(place)
  if (servers.length === 0)
    return `no Gateway of control plane \`${place.view.controlPlane.name}\` hands mutual TLS on at port ${gateway.port} of its pods: add ${missing}`
  const offered = offeredAcross(view, network).flatMap(({ services }) => services.map(({ hostname }) => hostname))
  const hosts = servers.flatMap((server) => server.hosts)
  if (offered.length === 0 || offered.some((hostname) => hosts.some((host) => covers(host.toLowerCase(), hostname)))) return undefined
  const message = `the server hands on \`${hosts.slice(0, 3).join('`, `')}\`, and none of the ${offered.length} services of network \`${network}\`, such as \`${offered[0]}\`: connections of clients on other networks are reset; let its hosts be \`*.local\``
  return { on: servers[0]?.ref ?? gateway.because[0] ?? view.controlPlane.ref, message }
}

function* judge(snapshot: Snapshot, view: ControlPlaneView, network: string, told: Set<string>): Iterable<Breach> {
  // Where nothing is called there, it may wait for what is not given.
  if (offeredAcross(view, network).length === 0 || isReachedDirectly(snapshot, view, network)) return
  for (const one of placesOf(view, network)) {
    const key = `${one.cluster.name}/${one.name}`
    const why = told.has(key) ? undefined : whyNotOn(view, network, one)
    if (why === undefined) continue
    told.add(key)
    if (typeof why !== 'string') yield why
    else yield { on: one.ref, message: `clients on other networks are sent to this Service for network \`${network}\`, and ${why}` }
  }
}

export const gatewayHandsNothingOn: Rule = {
  code: 'NET105',
  name: 'gateway-hands-nothing-on',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A network’s gateway has no server that hands mutual TLS on by SNI for its services (NET-30, NET-31).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const name of snapshot.controlPlanes.keys()) {
      const view = snapshot.view(name)
      for (const network of view.gateways.keys()) yield* judge(snapshot, view, network, told)
    }
  },
}
