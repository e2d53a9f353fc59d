/**
 * Where does ztunnel send what a captured pod dials?
 *
 * It has no routes: to the service's waypoint where one is bound, else to the service itself. A port that is not declared goes the same way, and
 * finds nobody there. One that is started for another network than its pods are on does not recognise the service, and passes its waypoint by.
 * Rules AMB-5, AMB-8, AMB-9, AMB-40, AMB-42, AMB-46.
 */
import { type Binding, nothingBound, serviceBinding, workloadBinding } from '../../istiod/ambient/binding.js'
import { endpointsOf } from '../../istiod/endpoints/endpoints-of.js'
import { networksDiffer } from '../../istiod/ambient/networks-differ.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { goOn, type Outcome, type Said, undetermined } from '../call/outcome.js'
import { type InScope, type Named, type Routed, routeTarget } from '../call/stage-values.js'
import { unrouted } from './default-alternative.js'
import { originalProtocol } from './ports-of.js'

export function routeByZtunnel({ client }: ResolvedCall, named: Named, { mode, service }: InScope, port: number): Outcome<Routed> {
  const { view } = client
  if (view === undefined || mode !== 'MESH' || service === undefined) return pastServices(client, named, mode, port)
  const declared = service.ports.find((one) => one.number === port && one.protocol !== 'UDP')
  const differ = networksDiffer(view, client.cluster)
  if (differ === undefined) return toService(bindingOf(client, view, named, service), service, declared ?? undeclared(port))
  if (declared !== undefined) return toService(unrecognised(view, service, declared, differ), service, declared)
  const message = `${tellDiffer(differ)}, so that it knows no service at the address, and passes on what is for undeclared port ${port}`
  return unrouted('PASSTHROUGH', port, 'TCP', { reason: 'NOT_ROUTED', message, because: [service.ref] })
}

const undeclared = (number: number): MeshPort => ({ number, name: '', protocol: 'TCP' })

function toService(binding: Binding, service: MeshService, port: MeshPort): Outcome<Routed> {
  if (binding.open !== undefined) return undetermined('ROUTE', binding.open, binding.because)
  const because = [service.ref, ...binding.because]
  const target = { service, port, subset: '', rule: undefined, carries: 'AS_SPOKEN' as const, request: undefined, because }
  const shares = binding.bound.length === 0 ? [{ waypoint: undefined, share: 1 }] : binding.bound
  const targets = shares.map(({ waypoint, share }) => routeTarget({ ...target, share, waypoint }))
  const value: Routed = {
    mode: 'MESH',
    port: port.number,
    protocol: port.protocol,
    alternatives: [{ when: undefined, targets, ends: undefined }],
  }
  return goOn('ROUTE', value, { ...tell(binding, service, port.number), because })
}

type Differing = NonNullable<ReturnType<typeof networksDiffer>>

const tellDiffer = ({ own, told }: Differing): string =>
  `ztunnel is started for network \`${own}\` (\`NETWORK\`), and its pods are on \`${told}\` by the label of the system namespace`

/** The waypoint is passed by; a chosen workload's own stands in front instead, which is not followed. */
function unrecognised(view: ControlPlaneView, service: MeshService, port: MeshPort, differ: Differing): Binding {
  const fronted = endpointsOf(view, service, port).find(({ workload }) => workload !== undefined && mayBeFronted(view, workload))
  if (fronted !== undefined) {
    const open = `${tellDiffer(differ)}, so that it goes by the waypoint for workloads of whichever pod of \`${service.hostname}\` it chooses, which is not followed`
    return { ...nothingBound, open, because: [service.ref, ...fronted.because] }
  }
  const { bound, because } = serviceBinding(view, service)
  const unbound = bound.length === 0 ? undefined : tellDiffer(differ)
  return { bound: [], unbound, open: undefined, because }
}

function mayBeFronted(view: ControlPlaneView, workload: Workload): boolean {
  const { bound, open } = workloadBinding(view, workload)
  return bound.length > 0 || open !== undefined
}

function tell({ bound, unbound }: Binding, { hostname }: MeshService, port: number): Pick<Said, 'reason' | 'message'> {
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
  const front = view === undefined ? nothingBound : frontOf(view, dialled)
  if (front.open !== undefined) return undetermined('ROUTE', front.open, front.because)
  const waypoint = front.bound[0]?.waypoint
  if (waypoint !== undefined) {
    const { meta } = waypoint.gateway
    const message = `ztunnel sends what is for the workload itself to waypoint \`${meta.namespace}/${meta.name}\`, which stands in front of it`
    const value: Routed = { mode, port, protocol, waypoint, alternatives: [{ when: undefined, targets: [], ends: undefined }] }
    return goOn('ROUTE', value, { reason: 'TO_WAYPOINT', message, because: front.because })
  }
  const message =
    mode === 'ADDRESS'
      ? 'ztunnel has no routes: the call goes to the very workload'
      : 'ztunnel does not know the destination, and passes it on'
  return unrouted(mode, port, protocol, { reason: 'NOT_ROUTED', message, because: [] })
}

/** In front of all that a name may mean; pods behind different waypoints are told apart by nobody here. */
function frontOf(view: ControlPlaneView, dialled: readonly Workload[]): Binding {
  const [first = nothingBound, ...others] = dialled.map((workload) => workloadBinding(view, workload))
  const open = [first, ...others].find((binding) => binding.open !== undefined)
  if (open !== undefined) return open
  const differs = others.some(({ bound }) => bound[0]?.waypoint.gateway !== first.bound[0]?.waypoint.gateway)
  if (!differs) return first
  const message =
    'the pods that the name stands for have different waypoints for workloads in front, and which of them is called is not known'
  return { ...first, bound: [], open: message }
}
