/**
 * Can a client outside of every cluster call that host, and by which gateways?
 *
 * NAME, then for each gateway that takes the call the leg to it (NETWORK → NETWORK_POLICY → TRANSPORT → TRUST → AUTHORIZATION), and then the call
 * that the gateway makes, which runs as any other's: SCOPE → ROUTE → DISCOVERY and the rest. Each gateway is a part of the answer. Rules GW-1 … GW-8.
 */
import type { Problem } from '../model/app-error.js'
import type { ViaGateway } from '../model/reachability.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { begunOutside } from './answer/begun-outside.js'
import { combineTraces } from './answer/combine-traces.js'
import { mergeAssumptions } from './answer/combine-verdicts.js'
import { relevantAssumptions } from './answer/relevant-assumptions.js'
import { endedTrace, type Trace, type TracePart, withAssumptions } from './answer/trace.js'
import type { ResolvedCall } from './call/call.js'
import { askedBy, callOf } from './call/call-of.js'
import { nearing, type Outcome, passedWith, stepOf, undetermined } from './call/outcome.js'
import { emptyRecorder, record } from './call/recorder.js'
import { entrancesFor, type TakingEntrance, takingEntrance } from './entrance/taking-entrance.js'
import { type Entrance, gatewayOf, placeOf } from './entrance/entrance.js'
import { entrancesOf } from './entrance/entrances-of.js'
import { explainUntaken } from './entrance/explain-untaken.js'
import { callOfGateway, callOfVisitor, nameAtGateway } from './entrance/call-of-gateway.js'
import { letIn } from './entrance/let-in.js'
import { nobodysAddress } from './entrance/nobodys-address.js'
import { visitorsOf } from './entrance/visitors-of.js'
import { nameOutside, type NamedOutside } from './entrance/name-outside.js'
import { followFromScope } from './follow-to-route.js'
import { createMemory } from './likeness/memory.js'
import { tracePort } from './trace-port.js'
import { nearEntrances } from './near/near-entrances.js'
import { openEntrance } from './unread-kinds/open-entrance.js'

export function traceFromOutside(snapshot: Snapshot, question: ReachabilityQuestion, at: number): Trace | { readonly problem: Problem } {
  const [client] = visitorsOf(snapshot)
  if (client === undefined)
    return { problem: { code: 'SOURCE_NOT_FOUND', message: 'the topology has no cluster to come into', details: {} } }
  const call = callOf(client, askedBy(question, at))
  const named = nameOutside(snapshot, call.host)
  if (!named.passed) return endedTrace(record(emptyRecorder, named), named.because)
  const asked = question.to.port ?? undefined
  const all = entrancesOf(snapshot)
  const entrances = entrancesFor(all, named.value)
  if (entrances.length === 0 && named.value.addresses !== undefined) {
    const nobody = nobodysAddress(call, named.value, all, asked)
    return nobody === undefined ? straightTo(call, named, named.value.addresses, asked) : endedAt(call, named, nobody)
  }
  const taking = chosenEntrances(entrances, named.value, call, asked)
  const trace = taking.length === 0 ? untaken(call, named, entrances, asked) : byPorts(call, named, taking)
  const clients = taking.map(({ entrance: { cluster } }) => ({ ...client, cluster }))
  const general = relevantAssumptions(snapshot.assumptions, clients.length === 0 ? [client] : clients, trace)
  return withAssumptions(trace, mergeAssumptions([trace.assumptions, general]))
}

/** No gateway stands there: whoever has the address is called without one. */
function straightTo(call: ResolvedCall, named: Outcome<NamedOutside>, addresses: readonly string[], asked: number | undefined): Trace {
  const [address = call.host] = addresses
  const { ended, recorder, ports } = followFromScope(
    call,
    { hostname: address, addresses, resolvedBy: 'LITERAL' },
    asked,
    record(emptyRecorder, named),
  )
  if (ended !== undefined) return endedTrace(recorder, ended)
  const [route] = ports
  if (route !== undefined) return tracePort(recorder, route, createMemory(call.client), 0)
  const message = `nothing says on which port \`${address}\` listens: state the port in the question`
  return endedTrace(record(recorder, undetermined('ROUTE', message)), 'UNDETERMINED')
}

/** Node ports count where they are asked for, or where there is nothing else; load balancers of private networks, where there is no public one. */
function chosenEntrances(
  entrances: readonly Entrance[],
  named: NamedOutside,
  call: ResolvedCall,
  asked: number | undefined,
): readonly TakingEntrance[] {
  const open = entrances.filter(({ closed, port }) => closed === undefined && (asked === undefined || port === asked))
  const taking = open.flatMap((entrance) => takingEntrance(entrance, named, call.attributes) ?? [])
  const usual = taking.filter(({ entrance }) => entrance.nodePort !== true)
  const chosen = asked !== undefined || usual.length === 0 ? taking : usual
  const isPublic = chosen.filter(({ entrance }) => entrance.internal !== true)
  return named.addresses === undefined && isPublic.length > 0 ? isPublic : chosen
}

function untaken(
  call: ResolvedCall,
  named: Outcome<NamedOutside> & { passed: true },
  entrances: readonly Entrance[],
  asked: number | undefined,
): Trace {
  const { snapshot } = call.client
  return endedAt(
    call,
    named,
    nearing(explainUntaken(call, named.value, entrances, asked), () => nearEntrances(snapshot, named.value, asked)),
  )
}

/** Before any gateway, unless what could not be read may take the call. */
function endedAt({ client }: ResolvedCall, named: Outcome<NamedOutside>, ended: Outcome<never>): Trace {
  const outcome = openEntrance(client.snapshot, ended)
  return endedTrace(record(record(emptyRecorder, named), outcome), outcome.passed ? 'STOPPED' : outcome.because)
}

function byPorts(call: ResolvedCall, named: Outcome<NamedOutside>, taking: readonly TakingEntrance[]): Trace {
  const ports = [...new Set(taking.map(({ entrance }) => entrance.port))].sort((a, b) => a - b)
  const parts = ports.map((port): TracePart => {
    const entrances = taking.filter(({ entrance }) => entrance.port === port)
    const gateways = entrances.map(
      (one): TracePart => ({ label: `gateway \`${placeOf(one.entrance)}\``, share: 1, trace: through(call, named, one) }),
    )
    return { label: `port ${port}`, share: 1, trace: combineTraces('GATEWAY_DECIDES', gateways) }
  })
  return combineTraces('PORT_DECIDES', parts)
}

function through(asked: ResolvedCall, named: Outcome<NamedOutside>, taking: TakingEntrance): Trace {
  const call = callOfVisitor(asked, taking)
  const { recorder, hop, ended } = letIn(call, taking, leadingTo(named, taking))
  if (ended !== undefined) return endedTrace(recorder, ended.because)
  const fromGateway = callOfGateway(call, taking)
  const followed = followFromScope(fromGateway, nameAtGateway(call, taking), taking.server.server.port.number)
  const [route] = followed.ports
  const rest =
    route === undefined
      ? endedTrace(followed.recorder, followed.ended ?? 'STOPPED')
      : tracePort(followed.recorder, route, createMemory(fromGateway.client), 1)
  return begunOutside(recorder, hop, { via: viaOf(taking.entrance), gateway: gatewayOf(taking.entrance) }, rest)
}

/** Where nothing says whither DNS leads the name, that it leads here is taken for granted. */
function leadingTo(named: Outcome<NamedOutside>, { entrance }: TakingEntrance): Outcome<unknown> {
  if (!named.passed || named.value.addresses !== undefined) return named
  const { hostname } = named.value
  const message = `DNS outside is taken to lead \`${hostname}\` to gateway \`${gatewayOf(entrance)}\` of \`${entrance.cluster.name}\``
  const step = stepOf('NAME', 'PASSED', { reason: 'NAME_RESOLVED', message, because: [] })
  return passedWith(step, named.value, named.conditions, [{ code: 'GATEWAY_NAME_ASSUMED', message, because: [...entrance.because] }])
}

const viaOf = ({ addresses, port, cluster, proxy, because }: Entrance): ViaGateway => ({
  address: addresses[0] ?? '',
  port,
  network: proxy.workload.proxyNetwork === '' ? null : proxy.workload.proxyNetwork,
  cluster: cluster.name,
  because: [...because],
})
