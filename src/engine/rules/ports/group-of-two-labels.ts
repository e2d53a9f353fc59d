import { pausing } from '../../pause.js'
import type { Breach, Rule } from '../rule.js'

export const groupOfTwoLabels: Rule = {
  code: 'PRT104',
  name: 'group-of-two-labels',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A WorkloadGroup says a label twice with different values, of which that of the template counts (EDS-20).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      for (const groups of pausing(cluster.resources.workloadGroups.values())) {
        for (const { meta, labels, template } of pausing(groups)) {
          const key = Object.keys(labels).find((label) => label in template.labels && template.labels[label] !== labels[label])
          if (key === undefined) continue
          const message = `its machines are given label \`${key}=${labels[key]}\` by \`spec.metadata.labels\` and \`${key}=${template.labels[key]}\` by \`spec.template.labels\`, of which the template’s counts: selectors of the other one do not find them; say it once`
          yield { on: cluster.ref(meta, 'spec.template.labels'), message }
        }
      }
    }
  },
}
