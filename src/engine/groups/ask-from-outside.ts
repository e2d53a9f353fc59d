/**
 * Who outside of every cluster can call a service, and through which gateways?
 *
 * Nobody outside knows the names of a cluster: what leads to a service from there are the names under which gateways offer it, and addresses of its own. Each
 * gateway that takes such a name is asked as well, since it calls for whoever it lets in. Rules GW-1, GW-7, DNS-6.
 */
import type { Trace } from '../analysis/answer/trace.js'
import { openRequest } from '../analysis/call/call.js'
import { placeOf } from '../analysis/entrance/entrance.js'
import { entrancesOf } from '../analysis/entrance/entrances-of.js'
import { metDirectly, type MetDirectly } from '../analysis/entrance/met-directly.js'
import { namesOffered } from '../analysis/entrance/offered-as.js'
import { takingEntrance } from '../analysis/entrance/taking-entrance.js'
import { traceCall } from '../analysis/trace-call.js'
import { isProblem } from '../model/app-error.js'
import type { SourceInput } from '../model/question.js'
import { pause } from '../pause.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import type { Met } from './ask-calls.js'
import { behindService } from './behind-service.js'
import { type Called, nameUnder } from './called.js'
import { type End, endOf } from './end.js'
import { outsider, type Unit, unitsIn } from './unit.js'

interface Visitor {
  readonly unit: Unit
  readonly from: SourceInput
}

const outside: Visitor = { unit: outsider, from: { outside: true } }

/** Of what is called those that are services: from outside, and from gateways too where these are wanted. */
export function* askFromOutside(snapshot: Snapshot, all: readonly Called[], at: number, withGateways: boolean): Generator<Met> {
  const traces = createTraces(snapshot, at)
  for (const called of all) {
    if (called.service === undefined) continue
    pause()
    let found = false
    for (const met of [...byNames(snapshot, called, traces, withGateways), ...byAddresses(snapshot, called, traces)]) {
      found ||= met.units[0] === outsider
      yield met
    }
    if (!found) yield* metAt(called, { host: nameUnder(called.name), port: called.port }, outside, traces)
  }
}

type To = { readonly host: string; readonly port: number | null }
type Traces = (from: SourceInput, to: To) => Trace | undefined

/** Several ports of a service are offered under one name. */
function createTraces(snapshot: Snapshot, at: number): Traces {
  const known = new Map<string, Trace | undefined>()
  return (from, to) => {
    const key = `${from.gateway ?? ''} ${to.host} ${to.port}`
    if (known.has(key)) return known.get(key)
    const trace = traceCall(snapshot, { from, to }, at)
    const found = isProblem(trace) ? undefined : trace
    known.set(key, found)
    return found
  }
}

function byNames(snapshot: Snapshot, called: Called, traces: Traces, withGateways: boolean): readonly Met[] {
  const names = [...(namesOffered(snapshot).get(called.name) ?? [])].map(nameUnder)
  return names.flatMap((name) => {
    const visitors = withGateways ? [outside, ...gatewaysTaking(snapshot, name)] : [outside]
    return visitors.flatMap((visitor) => metAt(meantAt(snapshot, called), { host: name, port: null }, visitor, traces))
  })
}

/** Behind the name may stand others as well: of the service only its own servers count, at this port. */
function meantAt(snapshot: Snapshot, called: Called): Called {
  const { service, means } = called
  if (service === undefined) return called
  const servers = new Set<Workload>(behindService(snapshot, service))
  const portName = service.ports.find(({ number }) => number === called.port)?.name
  return {
    ...called,
    means: (workload, endpoint) =>
      servers.has(workload) && (portName === undefined || endpoint.portName === portName) && (means?.(workload, endpoint) ?? true),
  }
}

function gatewaysTaking(snapshot: Snapshot, hostname: string): readonly Visitor[] {
  const taking = entrancesOf(snapshot).filter(
    (entrance) =>
      entrance.closed === undefined && takingEntrance(entrance, { hostname, addresses: undefined }, openRequest()) !== undefined,
  )
  const places = new Map(taking.map((entrance) => [placeOf(entrance), entrance.proxy.workload]))
  return [...places].map(([gateway, workload]) => ({ unit: { ...unitsIn(snapshot)(workload), kind: 'GATEWAY' }, from: { gateway } }))
}

function metAt(called: Called, to: To, { unit, from }: Visitor, traces: Traces): readonly Met[] {
  const trace = traces(from, to)
  if (trace === undefined) return []
  const end = endOf(trace, undefined, called.means)
  // A name that leads elsewhere says nothing of this service.
  const leadsElsewhere = end.reason === 'NO_ENDPOINTS' && trace.reason !== 'NO_ENDPOINTS'
  return leadsElsewhere ? [] : [{ units: [unit], called, end, asked: { from, to } }]
}

/** A load balancer, or a port of the nodes: where nothing says at which address, nobody can be asked. */
function byAddresses(snapshot: Snapshot, called: Called, traces: Traces): readonly Met[] {
  return metDirectly(snapshot)
    .filter((one) => isService(one, called))
    .flatMap((direct) => {
      const addresses = [...direct.service.ingressAddresses, ...direct.service.externalIps]
      if (addresses.length === 0) return [{ units: [outsider], called, end: notKnown(direct) }]
      return addresses.slice(0, 1).flatMap((host) => metAt(called, { host, port: called.port }, outside, traces))
    })
}

const isService = ({ cluster, service: { meta, ports } }: MetDirectly, { service, port }: Called): boolean =>
  service !== undefined &&
  service.clusters.includes(cluster.name) &&
  service.namespace === meta.namespace &&
  service.host.split('.')[0] === meta.name &&
  ports.some(({ number }) => number === port)

const notKnown = ({ ref }: MetDirectly): End => ({
  verdict: 'UNDETERMINED',
  reason: 'INPUT_MISSING',
  conditions: [],
  because: [ref],
  assumptions: [],
  key: `UNDETERMINED ${ref.cluster}/${ref.namespace}/${ref.name}`,
})
