/**
 * A gateway asked as a client makes the call whatever came in. Would it have let a client outside in?
 *
 * That is no part of the answer, which begins at the gateway: one step tells it, and does not count. Rule GW-7.
 */
import type { UntoldStep } from '../call/untold-step.js'
import { Stage } from '../../model/verdict.js'
import { visitor } from '../../snapshot/workloads/visitor.js'
import type { Trace } from '../answer/trace.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { goOn } from '../call/outcome.js'
import { serversBehind, takingEntrance, type TakingEntrance } from './taking-entrance.js'
import type { Entrance } from './entrance.js'
import { entrancesOf } from './entrances-of.js'
import { callOfVisitor } from './call-of-gateway.js'
import { letIn } from './let-in.js'

/** The trace with what its gateway says of visitors; as it is where no entrance of the gateway takes the call. */
export function tellLettingIn(
  trace: Trace,
  clients: readonly Client[],
  call: Pick<ResolvedCall, 'host' | 'attributes' | 'at'>,
  asked: number | undefined,
): Trace {
  const [client] = clients
  const taking = client === undefined ? undefined : entranceTo(client, call, asked)
  if (client === undefined || taking === undefined) return trace
  const visiting: ResolvedCall = { ...call, client: { ...client, workload: visitor, view: undefined, addresses: [], alike: [] } }
  const named = goOn('NAME', undefined, { reason: 'NAME_NOT_NEEDED', message: '', because: [] })
  const { recorder, hop, ended } = letIn(callOfVisitor(visiting, taking), taking, named)
  const decisive = recorder.steps.at(-1)
  const open = recorder.steps.find(({ outcome }) => outcome === 'CONDITIONAL')
  const told = ended === undefined ? (open ?? decisive) : decisive
  if (told === undefined) return trace
  const step: UntoldStep = {
    ...told,
    outcome: 'NOT_APPLICABLE',
    message: `${sentence(ended?.because, open)}, as ${String(told.message)}`,
    hop,
  }
  return { ...trace, steps: placed(trace.steps, step) }
}

function sentence(ended: 'STOPPED' | 'UNDETERMINED' | undefined, open: UntoldStep | undefined): string {
  const which = 'outside of this verdict, which begins at the gateway, a client outside of every cluster'
  if (ended === 'STOPPED') return `${which} would not be let in`
  if (ended === 'UNDETERMINED') return `${which} may or may not be let in`
  return open === undefined ? `${which} would be let in` : `${which} would be let in under conditions`
}

/** An entrance of this very gateway for the host, at the port of the server or at the one that is dialled. */
function entranceTo(
  { snapshot, workload }: Client,
  { host, attributes }: Pick<ResolvedCall, 'host' | 'attributes'>,
  asked: number | undefined,
): TakingEntrance | undefined {
  const leadsHere = ({ proxy, closed }: Entrance): boolean => closed === undefined && proxy.alike.some((one) => one === workload)
  const meant = (entrance: Entrance): boolean =>
    asked === undefined || entrance.port === asked || serversBehind(entrance).some(({ server }) => server.port.number === asked)
  const named = { hostname: host, addresses: undefined }
  return entrancesOf(snapshot)
    .filter((entrance) => leadsHere(entrance) && meant(entrance))
    .flatMap((entrance) => takingEntrance(entrance, named, attributes) ?? [])[0]
}

const order: readonly string[] = Stage.enum

/** Behind the answer's own step of the stage. */
function placed(steps: readonly UntoldStep[], step: UntoldStep): readonly UntoldStep[] {
  const at = steps.findLastIndex(({ stage }) => order.indexOf(stage) <= order.indexOf(step.stage)) + 1
  return [...steps.slice(0, at), step, ...steps.slice(at)]
}
