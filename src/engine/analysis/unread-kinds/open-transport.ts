import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { mutualTlsMode } from '../../istiod/inbound/mutual-tls-mode.js'
import type { Client } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { NetworkPath, RouteTarget, Transported } from '../call/stage-values.js'
import { gatewayKinds } from './asked-kinds.js'
import { type Asked, findMissing, hasUnread } from './asked.js'
import { leaveOpen } from './leave-open.js'
import { rulesAskedFor } from './rules-asked-for.js'

type AtTransport = readonly Asked<'TRANSPORT'>[]

/** What the client's DestinationRules have it send, and what the server's PeerAuthentications, Sidecar or Gateways have it take. */
export const openTransport = (
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  outcome: Outcome<Transported>,
): Outcome<Transported> => {
  if (!hasUnread(client.snapshot) || outcome.step.reason === 'PROXY_NOT_CONFIGURED') return outcome
  const { view, workload, snapshot } = client
  const rules = view === undefined || target === undefined ? [] : rulesAskedFor(view, workload.namespace, target)
  const { server } = path
  const serverView = server?.controlPlane === undefined ? undefined : snapshot.view(server.controlPlane)
  const atServer = server === undefined ? [] : ofServer(client, { server, target, port: path.serverPort }, serverView)
  return leaveOpen(outcome, findMissing([...rules, ...atServer]))
}

interface Receiving {
  readonly server: Workload
  readonly target: RouteTarget | undefined
  readonly port: number
}

function ofServer({ snapshot, view }: Client, { server, target, port }: Receiving, own: ControlPlaneView | undefined): AtTransport {
  const cluster = snapshot.clusters.get(server.cluster)
  // Whether a template's pods get a proxy, labels of their namespace decide (MODEL-27).
  const injected: AtTransport = server.synthesised ? [{ cluster, kinds: ['namespaces'] }] : []
  if (own === undefined || server.dataPlane === 'NONE') return injected
  if (server.dataPlane === 'GATEWAY') return [{ cluster: own.configCluster, kinds: gatewayKinds }]
  const views = new Set(view === undefined ? [own] : [own, view])
  const inbound: AtTransport = [
    { cluster: own.configCluster, kinds: ['sidecars'], namespaces: [server.namespace] },
    // Of a pod that is dialled past every Service one may say which protocol it expects.
    ...(target === undefined ? [{ cluster, kinds: ['services'] as const, namespaces: [server.namespace] }] : []),
  ]
  return [...injected, ...inbound, ...[...views].map((one) => modesFor(one, server, port))]
}

/** The root namespace has a say only where the server's own leaves it one (TLS-2). */
function modesFor(view: ControlPlaneView, { namespace, labels }: Workload, port: number): Asked<'TRANSPORT'> {
  const decided = mutualTlsMode(view, namespace, labels, port).because[0]?.namespace === namespace
  const namespaces = decided ? [namespace] : [namespace, view.controlPlane.meshConfig.rootNamespace]
  return { cluster: view.configCluster, kinds: ['peerAuthentications'], namespaces }
}
