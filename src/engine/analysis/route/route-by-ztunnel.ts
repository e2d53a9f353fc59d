/**
 * Where does ztunnel send what a captured pod dials?
 *
 * It has no routes: to the service's waypoint where one is bound, else to the service itself. A port that is not declared goes the same way, and
 * finds nobody there. Rules AMB-8, AMB-9, AMB-40, AMB-42, AMB-46.
 */
import { type Binding, nothingBound, serviceBinding, workloadBinding } from '../../istiod/ambient/binding.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { isMachine, type Workload } from '../../snapshot/workloads/workload.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { goOn, type Outcome, undetermined } from '../call/outcome.js'
import { type InScope, type Named, type Routed, routeTarget } from '../call/stage-values.js'
import { unrouted } from './default-alternative.js'
import { originalProtocol } from './ports-of.js'

export function routeByZtunnel({ client }: ResolvedCall, named: Named, { mode, service }: InScope, port: number): Outcome<Routed> {
  const { view } = client
  if (view === undefined || mode !== 'MESH' || service === undefined) return pastServices(client, named, mode, port)
  const binding = bindingOf(client, view, named, service)
  if (binding.open !== undefined) return undetermined('ROUTE', binding.open, binding.because)
  const declared = service.ports.find((one) => one.number === port && one.protocol !== 'UDP')
  const target = { service, port: declared ?? undeclared(port), subset: '', rule: undefined, carriesTls: false, request: undefined }
  const shares = binding.bound.length === 0 ? [{ waypoint: undefined, share: 1 }] : binding.bound
  const targets = shares.map(({ waypoint, share }) =>
    routeTarget({ ...target, share, waypoint, because: [service.ref, ...binding.because] }),
  )
  const value: Routed = {
    mode: 'MESH',
    port,
    protocol: declared?.protocol ?? 'TCP',
    alternatives: [{ when: undefined, targets, ends: undefined }],
  }
  return goOn('ROUTE', value, { ...tell(binding, service, port), because: [service.ref, ...binding.because] })
}

const undeclared = (number: number): MeshPort => ({ number, name: '', protocol: 'TCP' })

function tell({ bound, unbound }: Binding, { hostname }: MeshService, port: number): Pick<Outcome<Routed>['step'], 'reason' | 'message'> {
  const where = `\`${hostname}:${port}\``
  const [first, second] = bound.map(({ waypoint: { gateway }, share }) => {
    const name = `waypoint \`${gateway.meta.namespace}/${gateway.meta.name}\``
    return share === 1 ? name : `${Math.round(share * 100)} % to ${name}`
  })
  if (first !== undefined) {
    const to = second === undefined ? `to ${first}` : `${first}, ${second}`
    return { reason: 'TO_WAYPOINT', message: `ztunnel sends what is for ${where} ${to}, which stands in front of the service` }
  }
  if (unbound !== undefined) {
    return {
      reason: 'PAST_WAYPOINT',
      message: `${unbound}, so that ztunnel sends what is for ${where} straight to the servers, and policies and routes for a waypoint do not act`,
    }
  }
  return { reason: 'DEFAULT_ROUTE', message: `ztunnel has no routes, and no waypoint stands in front: the call goes to ${where}` }
}

/** An address that is a workload's too is taken for the workload's where waypoints are concerned (AMB-8). */
function bindingOf({ cluster }: Client, view: ControlPlaneView, { addresses }: Named, service: MeshService): Binding {
  const workload = addresses.flatMap((address) => cluster.workloadByIp(address) ?? [])[0]
  if (workload !== undefined) return workloadBinding(view, workload)
  return repeatsEndpoint(service, addresses) ? nothingBound : serviceBinding(view, service)
}

const repeatsEndpoint = ({ entries }: MeshService, addresses: readonly string[]): boolean =>
  entries.some(({ endpoints }) => endpoints.some(({ address }) => addresses.includes(address)))

/** By a workload's own address, or to somebody whom ztunnel does not know. */
function pastServices(client: Client, named: Named, mode: InScope['mode'], port: number): Outcome<Routed> {
  const protocol = originalProtocol(client, named, port)
  const { view, cluster } = client
  const dialled = mode === 'ADDRESS' && view !== undefined ? named.addresses.flatMap((address) => cluster.workloadByIp(address) ?? []) : []
  for (const workload of view === undefined ? [] : dialled) {
    const why = view === undefined ? undefined : whyOpen(view, workload)
    if (why !== undefined) return undetermined('ROUTE', why, [workload.ref])
  }
  const message =
    mode === 'ADDRESS'
      ? 'ztunnel has no routes: the call goes to the very workload'
      : 'ztunnel does not know the destination, and passes it on'
  return unrouted(mode, port, protocol, { reason: 'NOT_ROUTED', message, because: [] })
}

function whyOpen(view: ControlPlaneView, workload: Workload): string | undefined {
  if (isMachine(workload)) return undefined
  const { bound, open } = workloadBinding(view, workload)
  if (bound.length === 0) return open
  return `a waypoint for workloads stands in front of \`${workload.owner.name}\`, and calls through it to a workload's own address are not followed`
}
