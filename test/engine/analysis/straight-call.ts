import { sentOn } from '#engine/analysis/call/sent-on'
import { authorize } from '#engine/analysis/authorization/authorize'
import { type CallAttributes, type Client, openRequest, type ResolvedCall } from '#engine/analysis/call/call'
import { effectiveRule } from '#engine/istiod/destination-rules/effective-rule'
import { endpointsOf } from '#engine/istiod/endpoints/endpoints-of'
import type { Outcome } from '#engine/analysis/call/outcome'
import { type NetworkPath, type RouteTarget, type Transported, type Trusted, wholeTarget } from '#engine/analysis/call/stage-values'
import { negotiateTransport } from '#engine/analysis/transport/negotiate-transport'
import { verifyTrust } from '#engine/analysis/trust/verify-trust'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Workload } from '#engine/snapshot/workloads/workload'

export interface Straight {
  /** `cluster/namespace/owner`. */
  readonly from: string
  /** `name.namespace:port`, a Kubernetes Service, or a full host with `namespace`. */
  readonly to: string
  readonly namespace?: string
  readonly subset?: string
  /** Only endpoints of this cluster. */
  readonly cluster?: string
  readonly attributes?: Partial<CallAttributes>
  readonly at?: string
  /** Past the mesh: the client's proxy (or the client) dials the endpoint's own address. */
  readonly direct?: boolean
}

export interface StraightCall {
  readonly call: ResolvedCall
  readonly target: RouteTarget | undefined
  readonly path: NetworkPath
  readonly port: number
}

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the test’s topology has no ${what}`)
  return value
}

export function clientOf(snapshot: Snapshot, from: string): Client {
  const [clusterName = '', namespace = '', name = ''] = from.split('/')
  const cluster = found(snapshot.clusters.get(clusterName), clusterName)
  const workload: Workload = found(
    cluster.workloads(namespace).find((each) => each.owner.name === name || each.name === name),
    from,
  )
  const proxied = workload.dataPlane !== 'NONE' && workload.controlPlane !== undefined
  return { snapshot, workload, cluster, view: proxied ? snapshot.view(workload.controlPlane ?? '') : undefined }
}

/** The call without the stages before TRANSPORT: every endpoint of the service, dialled at its own address. */
export function straightCalls(
  snapshot: Snapshot,
  { from, to, namespace, subset = '', cluster, attributes, at, direct }: Straight,
): StraightCall[] {
  const client = clientOf(snapshot, from)
  const [host = '', portText = ''] = to.split(':')
  const [name = '', ofService = ''] = host.split('.')
  const hostname = namespace === undefined ? `${name}.${ofService}.svc.cluster.local` : host
  const view = client.view ?? snapshot.view([...snapshot.controlPlanes.keys()][0] ?? '')
  const service = found(view.service(hostname, namespace ?? ofService), hostname)
  const port = found(
    service.ports.find((each) => each.number === Number(portText)),
    to,
  )
  const rule = effectiveRule(view, client.workload.namespace, client.workload.labels, service)
  const target: RouteTarget = wholeTarget({ service, port, subset, rule })
  const call: ResolvedCall = {
    client,
    host,
    attributes: { ...openRequest(), ...attributes },
    at: Date.parse(at ?? '2026-01-01T00:00:00Z'),
  }
  return endpointsOf(view, service, port)
    .filter((endpoint) => cluster === undefined || endpoint.cluster === cluster)
    .map((endpoint) => ({
      call,
      target: direct === true ? undefined : target,
      port: port.number,
      path: {
        endpoint,
        dialled: { address: endpoint.address, port: endpoint.port },
        passage: undefined,
        server: endpoint.workload,
        serverPort: endpoint.port,
        locality: endpoint.locality,
        weight: 1,
      },
    }))
}

export const transport = ({ call, target, path }: StraightCall): Outcome<Transported> => negotiateTransport(call.client, target, path)

export function trust(straight: StraightCall): Outcome<Trusted> {
  const transported = transport(straight)
  if (!transported.passed) throw new Error(`stopped before TRUST: ${String(transported.step.message)}`)
  return verifyTrust(straight.call, straight.target, transported.value)
}

export function authorization(straight: StraightCall): Outcome<Trusted> {
  const trusted = trust(straight)
  if (!trusted.passed) throw new Error(`stopped before AUTHORIZATION: ${String(trusted.step.message)}`)
  return authorize(sentOn(straight.call, straight.port, straight.target?.port), trusted.value, straight.target)
}

/** How a stage ended, in one word: the reason, with `?` behind it where the outcome depends or is unknown. */
export const ended = (outcome: Outcome<unknown>): string => {
  const open = outcome.passed ? outcome.conditions.length > 0 : outcome.because === 'UNDETERMINED'
  return `${outcome.step.reason}${open ? '?' : ''}`
}
