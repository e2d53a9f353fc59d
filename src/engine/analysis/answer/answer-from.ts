import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { ReachabilityQuestion } from '../../model/question.js'
import type { EndpointPath, Reachability } from '../../model/reachability.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { Selection } from '../../model/selection.js'
import { brief, weightOf } from './brief.js'
import { distinctConditions } from './combine-verdicts.js'
import { clusterOf, type ListedEndpoint, showEndpoint } from './listed-endpoint.js'
import { tellAssumptions, tellConditions } from './tell-assumptions.js'
import { stepTeller } from '../call/untold-step.js'
import type { Trace } from './trace.js'

/**
 * The answer to a question: its trace with one sentence for a person.
 *
 * Lists and sentences that are not `wanted` stay empty: writing them costs as much as some stages.
 */
export const answerFrom = (trace: Trace, question: Pick<ReachabilityQuestion, 'from' | 'to'>, wanted?: Selection): Reachability => {
  const wants = (field: keyof Reachability): boolean => wanted === undefined || field in wanted
  return {
    verdict: trace.verdict,
    reason: trace.reason,
    summary: wants('summary') ? summarise(trace, nameSource(question.from), nameDestination(question.to)) : '',
    steps: wants('steps') ? stepTeller(wanted?.['steps'])(trace.steps) : [],
    endpoints: wants('endpoints') ? showEndpoints(trace, wanted) : [],
    conditions: wants('conditions') ? tellConditions(distinctConditions(trace.conditions)) : [],
    assumptions: wants('assumptions') ? tellAssumptions(trace.assumptions) : [],
    validUntil: trace.validUntil === undefined ? null : new Date(trace.validUntil).toISOString(),
    remedies: [],
    noRemedy: null,
    symptom: null,
  }
}

function showEndpoints({ endpoints }: Trace, wanted: Selection | undefined): EndpointPath[] {
  const within = wanted?.['endpoints']
  const tell = stepTeller(typeof within === 'object' ? (within['steps'] ?? {}) : within)
  return endpoints.map((endpoint) => showEndpoint(endpoint, tell))
}

const nameSource = (from: ReachabilityQuestion['from']): string => {
  if (from.outside) return 'a client outside of every cluster'
  if (from.gateway) return `gateway \`${from.gateway}\``
  if (from.proxy) return `a proxy in \`${from.proxy.cluster}/${from.proxy.namespace}\``
  const place = [from.cluster, from.namespace].filter(Boolean).join('/')
  if (from.workload) return `\`${place}/${from.workload}\``
  if (from.serviceAccount) return `service account \`${place}/${from.serviceAccount}\``
  const labels = (from.labels ?? []).map(({ name, value }) => `${name}=${value}`).join(',')
  return labels === '' ? `any workload of \`${place}\`` : `a workload of \`${place}\` with \`${labels}\``
}

const nameDestination = (to: ReachabilityQuestion['to']): string => {
  const request = [to.method, to.path].filter(Boolean).join(' ')
  return `\`${to.host}${to.port ? `:${to.port}` : ''}\`${request === '' ? '' : ` (${request})`}`
}

/** Steps by which a call leaves the mesh: what stops it later is seldom what somebody has to change. */
const pastTheMesh: ReadonlySet<string> = new Set<ReasonCode>([
  'HIDDEN_PASSTHROUGH',
  'UNKNOWN_PASSTHROUGH',
  'NOT_CAPTURED',
  'PORT_NOT_DECLARED',
  'PORT_NOT_IMPORTED',
  'ADDRESS_NOT_CAPTURED',
  'HOST_NOT_PROGRAMMED',
])

/** That nothing encrypts follows from it; what else is met past the mesh does not. */
const leadingTo = ({ stage }: { readonly stage: string }): string => (stage === 'TRANSPORT' ? '; so ' : '; past the mesh ')

/** A proxy that is not told of the service is why: nobody would guess that from its plaintext. */
const withProxy = (message: string, { reason }: { readonly reason: string }): string =>
  reason === 'HIDDEN_PASSTHROUGH'
    ? message.replace('the client sends plaintext', 'the proxy does not know it and sends plaintext')
    : message

const why = (trace: Trace, room: number): string => {
  const step = trace.decidedBy
  if (step === undefined) return ''
  const before = trace.steps.find((one) => pastTheMesh.has(one.reason) && one !== step)
  const where = ` (${trace.reason} at ${step.stage})`
  const left = room - where.length - 2
  if (before === undefined) return `: ${brief(String(step.message), left)}${where}`
  const first = brief(String(before.message), left / 2)
  const then = leadingTo(step)
  const rest = left - weightOf(first) - then.length
  const whole = brief(withProxy(String(step.message), before), rest)
  return `: ${first}${then}${whole.endsWith(' …') ? brief(String(step.message), rest) : whole}${where}`
}

const longestSummary = 198

function summarise(trace: Trace, source: string, host: string): string {
  return `${source} ${predicate(trace, host, longestSummary - weightOf(`${source} ${host}`))}`
}

const predicate = (trace: Trace, host: string, room: number): string => {
  const used = trace.endpoints.filter(({ share }) => share > 0)
  switch (trace.verdict) {
    case 'REACHABLE':
      return `can reach ${host}${through(used)}${elsewhere(trace)}`
    case 'UNREACHABLE':
      return `cannot reach ${host}${why(trace, room - 'cannot reach '.length)}`
    case 'AMBIGUOUS':
      return `reaches ${host} only under conditions${ambiguity(trace, used, room - 'reaches only under conditions'.length)}`
    default:
      return `may or may not reach ${host}, which is left open${why(trace, room - unsure)}`
  }
}

const unsure = 'may or may not reach, which is left open'.length

/** The call arrives, though not where its name says, or not by the way that is meant. */
const elsewhere = ({ steps }: Trace): string => {
  const taken = steps.find(({ reason }) => reason === 'TAKEN_BY_LISTENER' || reason === 'PAST_WAYPOINT')
  return taken === undefined ? '' : `: ${String(taken.message)}`
}

const through = (used: readonly ListedEndpoint[]): string => {
  if (used.length === 0) return ''
  const clusters = [...new Set(flatMap(used, ({ path }) => clusterOf(path) ?? []))]
  const gateways = new Set(flatMap(used, gatewaysOn))
  const behind = used.every(leadsOn)
  const what = behind ? 'gateway endpoint' : 'endpoint'
  const count = countEndpoints(used)
  const endpoints = `${count} ${what}${count === 1 ? '' : 's'}`
  const where = clusters.length === 0 ? '' : ` in ${clusters.map((cluster) => `\`${cluster}\``).join(', ')}`
  const proxies = [
    ...[...gateways].map((one) => `gateway \`${one}\``),
    ...[...new Set(flatMap(used, waypointsOn))].map((one) => `waypoint \`${one}\``),
  ]
  const via = proxies.length === 0 ? '' : `, through ${proxies.slice(0, 2).join(' and ')}`
  return behind ? ` by way of ${endpoints}${where}${via}, which route${count === 1 ? 's' : ''} it on` : ` at ${endpoints}${where}${via}`
}

/** The gateway by which it came in, and the one that leads to another network. */
const gatewaysOn = ({ path, entered }: ListedEndpoint): readonly string[] => [
  ...(entered === undefined ? [] : [entered.gateway]),
  ...(path.passage === undefined ? [] : [path.passage.gateway.address]),
]

/** As `cluster/namespace/name`. */
const waypointsOn = ({ end }: ListedEndpoint): readonly string[] => {
  pause()
  const leg = end.recorder.steps.find(({ hop }) => hop?.kind === 'WAYPOINT')?.hop
  return leg === undefined || leg === null ? [] : [leg.to]
}

/** Endpoints that fail, where each fails on every way; else the ways that do. */
const countFailing = (failing: readonly ListedEndpoint[], used: readonly ListedEndpoint[]): string => {
  const lost = new Set(failing.map(endpointKey))
  const apart = used.every((one) => one.end.verdict !== 'REACHABLE' || !lost.has(endpointKey(one)))
  const [some, all, what] = apart ? [lost.size, countEndpoints(used), 'endpoints'] : [failing.length, used.length, 'ways']
  return `${some} of ${all} ${what} fail${some === 1 ? 's' : ''}`
}

function endpointKey({ path }: ListedEndpoint): string {
  pause()
  return `${clusterOf(path)} ${path.endpoint.address}:${path.endpoint.port}`
}

/** Several ways may lead to one endpoint: through each gateway of its network, and from each place of the client. */
const countEndpoints = (used: readonly ListedEndpoint[]): number => (used.length < 2 ? used.length : new Set(used.map(endpointKey)).size)

/** A gateway that ends the connection and routes the request itself (ROUTE-13). */
const leadsOn = ({ end }: ListedEndpoint): boolean => end.ledOn

const ambiguity = (trace: Trace, used: readonly ListedEndpoint[], room: number): string => {
  if (trace.callers !== undefined) return `, as ${brief(trace.callers, room)}`
  const failing = used.filter(({ end }) => end.verdict !== 'REACHABLE')
  const [first] = trace.conditions
  const rest = trace.conditions.length > 1 ? ` (and ${trace.conditions.length - 1} more)` : ''
  const counted = failing.length > 0 && failing.length < used.length ? ` (${countFailing(failing, used)})` : ''
  return `${counted}${first === undefined ? '' : `: ${brief(first.message, room - counted.length - rest.length - 2)}${rest}`}`
}
