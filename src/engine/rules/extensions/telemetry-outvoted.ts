/**
 * Which Telemetries are for the same workloads as another one?
 *
 * For a namespace and for a workload only the oldest counts; what the root namespace says is filled in, what a second one says is not.
 */
import { groupBy } from '../../group-by.js'
import { pausing } from '../../pause.js'
import type { Telemetry } from '../../resources/istio/telemetry.js'
import type { Labels } from '../../resources/meta.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { labelsOfWorkloads } from '../selecting-nothing.js'

interface Placed {
  readonly telemetry: Telemetry
  readonly view: ControlPlaneView
}

/** Those that compete, the one that counts first; with the labels of a workload that they compete for. */
interface Contest {
  readonly members: readonly Placed[]
  readonly for: Labels | undefined
}

const isForAll = ({ selector = {}, targetRefs }: Telemetry): boolean => Object.keys(selector).length === 0 && targetRefs.length === 0

function* contestsOf(members: readonly Placed[], workloads: Iterable<Labels>): Generator<Contest> {
  const sorted = members.toSorted((a, b) => byAge(a.telemetry, b.telemetry))
  const forAll = sorted.filter(({ telemetry }) => isForAll(telemetry))
  if (forAll.length > 1) yield { members: forAll, for: undefined }
  const selecting = sorted.filter(({ telemetry }) => telemetry.selector !== undefined && Object.keys(telemetry.selector).length > 0)
  if (selecting.length < 2) return
  const index = indexBySelector(selecting, ({ telemetry }) => telemetry.selector ?? {})
  for (const labels of pausing(workloads)) {
    const competing = index.matching(labels)
    if (competing.length > 1) yield { members: competing, for: labels }
  }
}

const nameOf = ({ telemetry: { meta } }: Placed): string => `Telemetry \`${meta.namespace}/${meta.name}\``

function tell({ members, for: labels }: Contest, one: Placed): string {
  const [first, second] = members
  if (first === undefined || second === undefined) return ''
  const where = labels === undefined ? `namespace \`${one.telemetry.meta.namespace}\`` : 'some workloads'
  if (one === first)
    return `${nameOf(second)} is for ${where} as well: by age, then by name, this one counts and nothing of the other; write what both say into one`
  return `${nameOf(first)} is for ${where} as well and comes first by age, then by name: nothing of this one is reported there; write what both say into one`
}

/** Two Telemetries for the same workloads. */
export const telemetryOutvoted: Rule = {
  code: 'EXT101',
  name: 'telemetry-outvoted',
  severity: 'WARNING',
  istio: ['IST0159', 'IST0160'],
  kiali: [],
  summary: 'Two Telemetries are for the same namespace or workload, of which only the older one counts.',
  *check(snapshot): Iterable<Breach> {
    const workloads = labelsOfWorkloads(snapshot)
    const told = new Set<Telemetry>()
    for (const configuration of configurationsOf(snapshot)) {
      const placed = Array.from(
        objectsOf(configuration, 'telemetries'),
        ({ object, views }): Placed => ({ telemetry: object, view: views[0] }),
      )
      const groups = groupBy(placed, ({ telemetry, view }) => `${telemetry.meta.namespace} ${view.controlPlane.name}`)
      for (const members of groups.values()) {
        const namespace = members[0]?.telemetry.meta.namespace ?? ''
        for (const contest of contestsOf(members, workloads.get(namespace) ?? [])) {
          for (const one of contest.members) {
            if (told.has(one.telemetry)) continue
            told.add(one.telemetry)
            const istio = contest.for === undefined ? ['IST0160'] : ['IST0159']
            yield { on: one.view.ref(one.telemetry.meta), istio, message: tell(contest, one) }
          }
        }
      }
    }
  },
}
