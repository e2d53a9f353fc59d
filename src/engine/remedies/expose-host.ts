import type { Gateway } from '../resources/istio/gateway.js'
import type { Labels } from '../resources/meta.js'
import type { Service } from '../resources/kubernetes/service.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import { findService } from '../snapshot/services/find-service.js'
import { chosenTargets } from './chosen-targets.js'
import { type ConfigView, configViewOf } from './config-view.js'
import { apiVersion, freeName } from './free-name.js'
import { addObjects, type Proposal, type Propose } from './proposal.js'
import { blamedBy, failedFor, type Situation, type FailingPath } from './situation.js'

/**
 * The other network's gateway does not hand the host on: another Gateway for the same pods that does.
 *
 * A Gateway of its own leaves the user's as it is, and servers of one port are merged. Rules NET-30, NET-31.
 */
export const exposeHost: Propose = (situation) =>
  hostsOf(situation).flatMap((hostname) => [
    ...failedFor(situation, 'GATEWAY_HOST_NOT_EXPOSED')
      .slice(0, 1)
      .flatMap((path) => besideServer(situation.snapshot, path, hostname)),
    ...failedFor(situation, 'GATEWAY_SERVER_MISSING')
      .slice(0, 1)
      .flatMap((path) => firstServer(situation.snapshot, path, hostname)),
  ])

const hostsOf = (situation: Situation): readonly string[] => [...new Set(chosenTargets(situation).map(({ service }) => service.hostname))]

interface Listening {
  readonly selector: Labels
  readonly namespace: string
  readonly port: number
}

/** At the port of the server that does not cover the host. */
const besideServer = (snapshot: Snapshot, path: FailingPath, hostname: string): readonly Proposal[] => {
  const ref = blamedBy(path).find(({ kind, path: place }) => kind === 'Gateway' && place?.startsWith('spec.servers') === true)
  const place = configViewOf(snapshot, ref?.cluster)
  const gateway = place?.view.configuration.gateways.get(ref?.namespace ?? '')?.find(({ meta }) => meta.name === ref?.name)
  const server = gateway?.servers.find(({ tlsMode }) => tlsMode === 'AUTO_PASSTHROUGH')
  if (place === undefined || gateway === undefined || server === undefined) return []
  const listening = { selector: gateway.selector, namespace: gateway.meta.namespace, port: server.port.number }
  const why = `beside \`${gateway.meta.name}\`, whose servers do not cover it`
  return exposing(place, listening, hostname, why)
}

/** For the pods that the gateway's Service selects. */
const firstServer = (snapshot: Snapshot, path: FailingPath, hostname: string): readonly Proposal[] => {
  const found = gatewayService(snapshot, path)
  const place = configViewOf(snapshot, snapshot.controlPlanes.get(found?.cluster.managedBy[0] ?? '')?.configCluster)
  if (found?.service.selector === undefined || place === undefined) return []
  const { selector, meta } = found.service
  const listening = { selector, namespace: meta.namespace, port: path.via?.port ?? 15443 }
  return exposing(place, listening, hostname, 'for a gateway that no Gateway gives a server')
}

const gatewayService = (snapshot: Snapshot, path: FailingPath): { readonly cluster: Cluster; readonly service: Service } | undefined => {
  const ref = blamedBy(path).find(({ kind }) => kind === 'Service')
  const cluster = snapshot.clusters.get(ref?.cluster ?? '')
  const service = cluster === undefined ? undefined : findService(cluster, ref?.namespace ?? '', ref?.name ?? '')
  return cluster === undefined || service === undefined ? undefined : { cluster, service }
}

const exposing = (
  { view, cluster }: ConfigView,
  { selector, namespace, port }: Listening,
  hostname: string,
  why: string,
): readonly Proposal[] => {
  const taken: readonly Gateway[] = view.configuration.gateways.get(namespace) ?? []
  const name = freeName(`expose-${hostname.split('.').slice(0, 2).join('-')}`, taken)
  const server = { port: { number: port, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: [hostname] }
  const manifest = {
    apiVersion: apiVersion(view, 'networking'),
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: { selector, servers: [server] },
  }
  return [addObjects(`expose \`${hostname}\` at the gateway: a new Gateway \`${namespace}/${name}\` ${why}`, cluster, [manifest])]
}
