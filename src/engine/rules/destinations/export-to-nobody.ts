import { pausing } from '../../pause.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import { knownNamespaces } from '../known-namespaces.js'
import type { Breach, Rule } from '../rule.js'

interface Exported {
  readonly namespace: string
  readonly on: ResourceRef
}

const exporting = ['virtualServices', 'destinationRules', 'serviceEntries'] as const

function* ofObjects(snapshot: Snapshot): Iterable<Exported> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const kind of exporting) {
      for (const { object, views } of objectsOf(configuration, kind)) {
        for (const [index, namespace] of object.exportTo.entries()) {
          yield { namespace, on: views[0].ref(object.meta, `spec.exportTo[${index}]`) }
        }
      }
    }
  }
}

function* ofServices(snapshot: Snapshot): Iterable<Exported> {
  for (const cluster of snapshot.clusters.values()) {
    for (const services of pausing(cluster.resources.services.values())) {
      for (const { meta, exportTo = [] } of pausing(services)) {
        for (const namespace of exportTo) yield { namespace, on: cluster.ref(meta, 'metadata.annotations["networking.istio.io/exportTo"]') }
      }
    }
  }
}

const words = new Set(['*', '.', '~'])

export const exportToNobody: Rule = {
  code: 'DST111',
  name: 'export-to-nobody',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA0005'],
  summary: 'An object is exported to a namespace that no cluster has (VIS-1, VIS-2).',
  *check(snapshot): Iterable<Breach> {
    const names = knownNamespaces(snapshot)
    if (names === undefined) return
    const known = new Set(names)
    for (const { namespace, on } of [...ofObjects(snapshot), ...ofServices(snapshot)]) {
      if (words.has(namespace) || known.has(namespace)) continue
      const [near] = nearestNames(namespace, names)
      const meant = near === undefined ? 'write the namespace of those who use it' : `did you mean \`${near}\`?`
      yield { on, message: `it is exported to namespace \`${namespace}\`, which no cluster has: nobody is given it by that; ${meant}` }
    }
  },
}
