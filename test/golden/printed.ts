import { printable } from '#formats/text/printable'
import { tellReport } from '#formats/text/report'
import type { Part } from '#formats/parts/part'
import { tellEffectivePolicy } from '#cli/print/effective-policy'
import { tellGroups, tellIsolation } from '#cli/print/groups'
import { tellProxyConfig } from '#cli/print/proxy-config'
import { tellReachability } from '#cli/print/reachability'
import { tellTrust } from '#cli/print/trust'
import { tellVisibility } from '#cli/print/visibility'
import type { SourceInput } from '#engine/model/question'
import type { SubjectInput } from '#engine/model/groups/subject-input'
import type { ToldAssumption } from '#engine/model/step'
import { callers, effective, isolation, reach } from '../engine/groups/turned.js'
import type { OpenDoor } from './door.js'
import { snapshotOfPath } from './read-folder.js'
import type { Scenario } from './scenario.js'

/** An answer to a question of a scenario, as a person is told of it. */
export interface Printed {
  readonly what: string
  readonly folded: readonly Part[]
  readonly full: readonly Part[]
  readonly assumptions: readonly ToldAssumption[]
  readonly manifests: readonly string[]
}

interface Told {
  readonly assumptions?: readonly ToldAssumption[]
  readonly remedies?: readonly { readonly manifest: string | null }[]
}

function printed<T extends Told>(what: string, answer: T, tell: (answer: T, isFull: boolean) => readonly Part[]): Printed {
  const told = printable(answer)
  const manifests = (told.remedies ?? []).flatMap(({ manifest }) => (manifest === null ? [] : [manifest.trimEnd()]))
  return { what, folded: tell(told, false), full: tell(told, true), assumptions: told.assumptions ?? [], manifests }
}

const moment = '2026-11-20T12:00:00Z'

const subjectOf = ({ outside, cluster, namespace, workload }: SourceInput): SubjectInput | undefined =>
  outside || !namespace ? undefined : { ...(cluster ? { cluster } : {}), namespace, ...(workload ? { workload } : {}) }

/** Every question that a command asks, about those whom the scenario's own questions are about. */
export async function printedOf({ folder, expectations }: Scenario, door: OpenDoor): Promise<readonly Printed[]> {
  const { reachability = [], visibility = [], trust = [] } = expectations
  const traces = []
  for (const { name, from, to, at = moment } of reachability) {
    const answer = await door.reachability(from, to, at).catch(() => undefined)
    if (answer !== undefined) traces.push(printed(`trace: ${name}`, answer, tellReachability))
  }
  const seen = []
  for (const { from } of visibility) {
    const page = { nextCursor: null, hasMore: false }
    seen.push(printed('visible', { ...(await door.visibility(from)), assumptions: [], page } as never, tellVisibility))
  }
  const trusted = []
  for (const { client, server, at = moment } of trust) {
    trusted.push(printed('trust', await door.trust(client, server, at), tellTrust))
  }
  const report = await door.report()
  return [
    ...traces,
    ...seen,
    ...trusted,
    ...(await turnedRound(
      folder,
      reachability.map(({ from }) => subjectOf(from)),
    )),
    printed('proxy-config', { ...(await door.proxyConfig()), assumptions: [] }, tellProxyConfig),
    ...(report === undefined ? [] : [printed('validate', { ...report, assumptions: [] }, tellReport)]),
  ]
}

/** The first two of the scenario's callers, which is enough to see every form of a row. */
async function turnedRound(folder: string, sources: readonly (SubjectInput | undefined)[]): Promise<readonly Printed[]> {
  const snapshot = await snapshotOfPath(folder)
  const subjects = [...new Map(sources.flatMap((one) => (one === undefined ? [] : [[JSON.stringify(one), one] as const]))).values()].slice(
    0,
    2,
  )
  const [first, second] = subjects
  return [
    ...subjects.flatMap((of) => [
      printed('callers', callers(snapshot, { of }), tellGroups),
      printed('reach', reach(snapshot, { of }), tellGroups),
      printed('effective-policy', effective(snapshot, { of }) as never, tellEffectivePolicy),
    ]),
    ...(first === undefined || second === undefined
      ? []
      : [printed('isolation', isolation(snapshot, { between: [first, second] }), tellIsolation)]),
  ]
}
