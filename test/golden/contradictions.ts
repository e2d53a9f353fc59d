import { traceCall } from '../../src/engine/analysis/trace-call.js'
import { inventoryServices } from '../../src/engine/inventory/inventory-services.js'
import { isProblem } from '../../src/engine/model/app-error.js'
import type { DestinationInput, SourceInput } from '../../src/engine/model/question.js'
import type { Step } from '../../src/engine/model/step.js'
import type { Finding } from '../../src/engine/model/report.js'
import type { ResourceRef } from '../../src/engine/model/resource-ref.js'
import { makeReport } from '../../src/engine/rules/make-report.js'
import type { Snapshot } from '../../src/engine/snapshot/snapshot.js'

const moment = Date.parse('2026-11-20T00:00:00Z')

/** Rules about the path of a call, by the beginning of their codes. */
const aboutPaths = /^(DST|GTW|AUT|TLS)/

/** A stop that blames objects of all these kinds is described by one of these rules. */
const described: readonly { readonly reason: string; readonly kinds: readonly string[]; readonly codes: RegExp }[] = [
  { reason: 'UNKNOWN_CLUSTER', kinds: ['VirtualService'], codes: /^DST/ },
  { reason: 'SUBSET_MISMATCH', kinds: ['DestinationRule'], codes: /^DST/ },
  { reason: 'GATEWAY_NOT_LISTENING', kinds: ['Gateway'], codes: /^(GTW|NET)/ },
  { reason: 'TLS_REJECTED', kinds: ['DestinationRule', 'PeerAuthentication'], codes: /^TLS/ },
]

const callOf = (from: SourceInput, to: DestinationInput): string => `${JSON.stringify(from)} → ${JSON.stringify(to)}`

const names = (one: Pick<ResourceRef, 'kind' | 'namespace' | 'name'>, other: Pick<ResourceRef, 'kind' | 'namespace' | 'name'>): boolean =>
  one.kind === other.kind && one.namespace === other.namespace && one.name === other.name

interface Asked {
  readonly from: SourceInput
  readonly to: DestinationInput
}

/** Calls stopped by what a rule describes, of which the report says nothing. */
export function stopsThatNobodyTells(snapshot: Snapshot, calls: readonly Asked[]): readonly string[] {
  const { findings } = makeReport(snapshot, [], [], moment)
  return calls.flatMap(({ from, to }) => {
    const answer = traceCall(snapshot, { from, to }, moment)
    if (isProblem(answer) || answer.verdict !== 'UNREACHABLE') return []
    const stopped = answer.steps.filter(({ outcome }) => outcome === 'STOPPED')
    return described.flatMap(({ reason, kinds, codes }) => {
      const step = stopped.find((one) => one.reason === reason && kinds.every((kind) => one.because.some((ref) => ref.kind === kind)))
      return step === undefined || findings.some(({ code }) => codes.test(code)) ? [] : [`${reason}: ${callOf(from, to)}`]
    })
  })
}

/** How many calls are tried to find one that a finding is about. */
const triedCalls = 400

/** Every workload, and the outside, calling every host. */
function* allCalls(snapshot: Snapshot): Iterable<Asked> {
  const hosts = new Set(inventoryServices(snapshot).map(({ host }) => host))
  for (const view of [...snapshot.controlPlanes.keys()].map((name) => snapshot.view(name)))
    for (const host of [...view.configuration.virtualServices.values()].flat().flatMap((one) => one.hosts)) hosts.add(host)
  for (const { resources } of snapshot.clusters.values())
    for (const route of [...resources.gatewayRoutes.values()].flat()) for (const host of route.hostnames) hosts.add(host)
  const sources: SourceInput[] = [{ outside: true }]
  for (const cluster of snapshot.clusters.values())
    for (const namespace of cluster.namespaceNames)
      for (const { name } of cluster.workloads(namespace)) sources.push({ cluster: cluster.name, namespace, workload: name })
  for (const from of sources) for (const host of hosts) yield { from, to: { host } }
}

/** A call that does not arrive and meets what the finding blames, or calls what it speaks of: a host, or a server in a policy’s namespace. */
const isAbout = ({ resource, message }: Finding, host: string, steps: readonly Pick<Step, 'because'>[]): boolean =>
  message.includes(host) ||
  (resource?.kind === 'AuthorizationPolicy' && host.includes(`.${resource.namespace}.`)) ||
  (resource !== null && steps.some(({ because }) => because.some((ref) => names(ref, resource))))

/** Findings of severity ERROR about the path of a call, though every call arrives. */
export function errorsThatStopNothing(snapshot: Snapshot): readonly Finding[] {
  const { findings } = makeReport(snapshot, [], [], moment)
  const errors = new Set(findings.filter(({ code, severity }) => severity === 'ERROR' && aboutPaths.test(code)))
  if (errors.size === 0) return []
  let tried = 0
  for (const { from, to } of allCalls(snapshot)) {
    if (errors.size === 0 || (tried += 1) > triedCalls) break
    const answer = traceCall(snapshot, { from, to }, moment)
    if (isProblem(answer) || answer.verdict === 'REACHABLE') continue
    for (const error of errors) if (isAbout(error, to.host, answer.steps)) errors.delete(error)
  }
  return [...errors]
}
