import { pausing } from '../../pause.js'
import type { WorkloadGroup } from '../../resources/istio/workload-group.js'
import type { Breach, Rule } from '../rule.js'

const written = ({ labels }: WorkloadGroup): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')

/** Groups that state labels, together with those of the namespace that state the same. */
function alike(groups: readonly WorkloadGroup[]): Iterable<readonly WorkloadGroup[]> {
  const found = new Map<string, WorkloadGroup[]>()
  for (const group of pausing(groups)) {
    const labels = written(group)
    if (labels !== '') found.set(labels, [...(found.get(labels) ?? []), group])
  }
  return found.values()
}

const tell = (group: WorkloadGroup, all: readonly WorkloadGroup[]): string => {
  const others = all.filter((other) => other !== group).map(({ meta }) => `\`${meta.name}\``)
  return `its machines get the labels \`${written(group)}\`, as those of ${others.join(', ')} do: Services, subsets and policies that select by them mean the machines of all these groups; give each a label of its own`
}

export const groupsOfEqualLabels: Rule = {
  code: 'PRT105',
  name: 'groups-of-equal-labels',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1702'],
  summary: 'WorkloadGroups of one namespace give their machines the same labels, so that no selector tells them apart (EDS-20).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      for (const groups of pausing(cluster.resources.workloadGroups.values())) {
        for (const same of alike(groups)) {
          if (same.length < 2) continue
          for (const group of same) yield { on: cluster.ref(group.meta, 'spec.metadata.labels'), message: tell(group, same) }
        }
      }
    }
  },
}
