import { type Problem, isProblem } from '../model/app-error.js'
import { tellAssumptions } from '../analysis/answer/tell-assumptions.js'
import type { NetworkEntrance, ProxyConfigPiece, ProxyConfigQuestion } from '../model/proxy-config.js'
import type { Client } from '../analysis/call/call.js'
import { resolveSource } from '../analysis/caller/resolve-source.js'
import { assumeRead } from '../analysis/unread-kinds/assume-read.js'
import { missingToProxies } from '../analysis/unread-kinds/missing-to-proxies.js'
import type { ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { createAnswerer } from './create-answerer.js'
import { type NarrowProxies, toldWhole } from './narrow-proxies.js'

/**
 * What does each control plane give to the proxies that it configures?
 *
 * `narrow`: what of it is told. In pieces, made one by one as they are asked for: a mesh has many proxies, and each of them is told of all services in its scope.
 */
export const proxyConfigOf = (
  snapshot: Snapshot,
  { from }: ProxyConfigQuestion,
  narrow: NarrowProxies = toldWhole,
): { readonly pieces: Iterable<ProxyConfigPiece> } | { readonly problem: Problem } => {
  if (from === undefined || from === null) return { pieces: piecesOf(snapshot, proxiesOf(snapshot), narrow) }
  const source = resolveSource(snapshot, from)
  if (isProblem(source)) return source
  const configured = source.clients.filter(isConfigured)
  if (configured.length > 0) return { pieces: piecesOf(snapshot, byControlPlane(configured), narrow) }
  return { problem: { code: 'SOURCE_INVALID', message: 'no proxy that a known control plane configures matches the source', details: {} } }
}

type Configured = Client & { readonly view: ControlPlaneView }
type ProxiesByPlane = ReadonlyMap<string, readonly (() => readonly Configured[])[]>

const isConfigured = (client: Client): client is Configured => client.view !== undefined && hasConfiguration(client.workload)

/** Proxies whose configuration is modelled in whole: a gateway's depends on the requests that it is given. */
const hasConfiguration = ({ dataPlane, synthesised, ready }: Workload): boolean =>
  (dataPlane === 'SIDECAR' || dataPlane === 'PROXYLESS') && !(synthesised && !ready)

/** Namespace by namespace, so that not all instances of a large mesh are held at once. */
const proxiesOf = (snapshot: Snapshot): ProxiesByPlane =>
  new Map(
    [...snapshot.controlPlanes.keys()].map((name) => [
      name,
      [...snapshot.clusters.values()].flatMap((cluster) =>
        cluster.namespaceNames.map((namespace) => () => {
          const mine = cluster.workloads(namespace).filter((workload) => workload.controlPlane === name && hasConfiguration(workload))
          return mine.map((workload) => ({ snapshot, workload, cluster, view: snapshot.view(name) }))
        }),
      ),
    ]),
  )

const byControlPlane = (clients: readonly Configured[]): ProxiesByPlane =>
  new Map(
    [...new Set(clients.map(({ view }) => view.controlPlane.name))].map((name) => [
      name,
      [() => clients.filter(({ view }) => view.controlPlane.name === name)],
    ]),
  )

function* piecesOf(snapshot: Snapshot, planes: ProxiesByPlane, narrow: NarrowProxies): Generator<ProxyConfigPiece> {
  for (const [name, groups] of planes) {
    const view = snapshot.view(name)
    const head = {
      controlPlane: name,
      gateways: entrancesOf(view),
      assumptions: tellAssumptions(assumeRead(missingToProxies(view).missing)),
    }
    yield { kind: 'CONTROL_PLANE', ...narrow.plane(head) }
    const answer = createAnswerer(narrow)
    for (const group of groups) for (const client of group()) yield { kind: 'PROXY', answer: answer(client) }
  }
}

const entrancesOf = ({ gateways }: ControlPlaneView): NetworkEntrance[] =>
  [...gateways.values()].flat().map(({ network, cluster, address, port }) => ({ network, cluster, address, port }))
