import { pausing } from '../../pause.js'
import type { Breach, Rule } from '../rule.js'
import { toldBySchemas } from '../schema/faulty-objects.js'

export const unreadablePart: Rule = {
  code: 'OBJ101',
  name: 'unreadable-part',
  severity: 'WARNING',
  istio: ['IST0106'],
  kiali: [],
  summary: 'Part of an object does not have the shape its kind prescribes; it is kept, and read as if it were absent.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      const told = originals && toldBySchemas(originals, cluster.name)
      const said = new Set<string>()
      for (const part of pausing(cluster.resources.unreadable)) {
        const once = `${part.index} ${part.path}`
        if (said.has(once) || told?.(part.index, part.path) === true) continue
        said.add(once)
        yield { on: cluster.ref(part, part.path), message: part.message }
      }
    }
    for (const { code, message, because } of snapshot.assumptions) {
      if (code === 'MESH_CONFIG_UNREADABLE' && because[0] !== undefined) yield { on: because[0], message }
    }
  },
}

export const unknownKind: Rule = {
  code: 'OBJ102',
  name: 'unknown-kind',
  severity: 'INFO',
  istio: [],
  kiali: [],
  summary: 'Objects of a kind that Sightline does not read: kept, and without influence on any answer.',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      for (const kind of cluster.resources.unknownKinds) {
        const on = { cluster: cluster.name, kind, namespace: null, name: '*', path: null, source: null }
        yield { on, message: `objects of kind \`${kind}\` in cluster \`${cluster.name}\` are kept and not analysed` }
      }
    }
  },
}
