import type { Client } from '#engine/analysis/call/call'
import { discoverOriginal } from '#engine/analysis/discovery/discover-original'
import { discoverEndpoints } from '#engine/analysis/discovery/discover-endpoints'
import type { Discovery } from '#engine/analysis/discovery/discovery'
import { distribute, type Spread } from '#engine/analysis/distribution/distribute'
import { effectiveRule } from '#engine/istiod/destination-rules/effective-rule'
import { passGateway } from '#engine/analysis/network/passage/pass-gateway'
import { translateNetwork, type Translated } from '#engine/analysis/network/translate-network'
import { type Named, type NetworkPath, type RouteTarget, wholeTarget } from '#engine/analysis/call/stage-values'
import type { Snapshot } from '#engine/snapshot/snapshot'

type Found = Discovery['outcome'] & Pick<Discovery, 'dropped'>

export interface Asked {
  /** `cluster/namespace/name` of an instance. */
  readonly from: string
  readonly host: string
  readonly port: number
  readonly subset?: string
  readonly addresses?: readonly string[]
  readonly resolvedBy?: Named['resolvedBy']
}

/** The stages between ROUTE and TRANSPORT for one service and port, without those before and after. */
export interface Walk {
  readonly client: Client
  readonly target: RouteTarget
  readonly found: Found
  readonly translated: Translated | undefined
  readonly paths: readonly NetworkPath[]
  readonly passed: readonly ReturnType<typeof passGateway>[]
  readonly spread: Spread
}

export function clientOf(snapshot: Snapshot, from: string): Client {
  const [name = '', namespace = '', workloadName] = from.split('/')
  const cluster = snapshot.clusters.get(name)
  const workload = cluster?.workloads(namespace).find((one) => one.name === workloadName || one.owner.name === workloadName)
  if (cluster === undefined || workload === undefined) throw new Error(`no workload ${from}`)
  const view = workload.controlPlane === undefined ? undefined : snapshot.view(workload.controlPlane)
  return { snapshot, workload, cluster, view }
}

const namedOf = (asked: Asked): Named => ({
  hostname: asked.host,
  addresses: asked.addresses ?? ['auto'],
  resolvedBy: asked.resolvedBy ?? 'CLUSTER_DNS',
})

/** By the mesh: discovery, network, distribution, and each path's gateway. */
export function walk(snapshot: Snapshot, asked: Asked): Walk {
  const client = clientOf(snapshot, asked.from)
  const { view } = client
  const service = view?.servicesByHost(asked.host)[0]
  const port = service?.ports.find(({ number }) => number === asked.port)
  if (view === undefined || service === undefined || port === undefined) throw new Error(`no service ${asked.host}:${asked.port}`)
  const rule = effectiveRule(view, client.workload.namespace, client.workload.labels, service)
  const target: RouteTarget = wholeTarget({ service, port, subset: asked.subset ?? '', rule })
  const dialled = { named: namedOf(asked), port: asked.port }
  const { outcome, dropped } = discoverEndpoints(client, dialled, target)
  const found: Found = { ...outcome, dropped }
  const translated = found.passed ? translateNetwork(client, target, found.value.endpoints, found.value.unready) : undefined
  const paths = translated?.outcome.passed === true ? translated.outcome.value : []
  const spread = distribute(client, target, paths, translated ?? { unready: [], dropped: [] })
  return { client, target, found, translated, paths, passed: paths.map((path) => passGateway(client, target, path)), spread }
}

/** Past the mesh: to the original address. */
export function walkOriginal(snapshot: Snapshot, asked: Asked) {
  const client = clientOf(snapshot, asked.from)
  const found = discoverOriginal(client, { named: namedOf(asked), port: asked.port })
  const outcome = found.passed ? translateNetwork(client, undefined, found.value.endpoints).outcome : undefined
  const paths = outcome?.passed === true ? outcome.value : []
  return { found, paths, passed: paths.map((path) => passGateway(client, undefined, path)) }
}

/** Addresses of what is left, in order. */
export const addressesOf = (found: Found): string[] => (found.passed ? found.value.endpoints.map(({ address }) => address) : [])

/** `address reason` of what was taken out. */
export const droppedOf = (dropped: Found['dropped']): string[] => dropped.map(({ endpoint, reason }) => `${endpoint.address} ${reason}`)

type Passed = ReturnType<typeof passGateway>

export const reasonOf = (outcome: Passed): string => outcome.step.reason

/** `cluster/name:port` of the servers that a path leads to. */
export const serversOf = (outcome: Passed): string[] =>
  outcome.passed ? outcome.value.map(({ server, serverPort }) => `${server?.cluster}/${server?.name}:${serverPort}`) : []
