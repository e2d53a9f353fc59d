import type { ControlPlane, Snapshot } from '../snapshot/snapshot.js'
import { headerRef } from '../snapshot/references.js'
import type { Breach, Rule } from './rule.js'

const rootsOf = (plane: ControlPlane): ReadonlySet<string> =>
  new Set(plane.rootCertificates.value?.map(({ fingerprint }) => fingerprint) ?? [])

const share = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => [...one].some((root) => other.has(root))

/** The mesh's control planes whose roots are known, one for each distinct set of roots. */
const distinctRoots = (snapshot: Snapshot, names: readonly string[]): { plane: ControlPlane; roots: ReadonlySet<string> }[] => {
  const bySet = new Map<string, { plane: ControlPlane; roots: ReadonlySet<string> }>()
  for (const plane of names.flatMap((name) => snapshot.controlPlanes.get(name) ?? [])) {
    const roots = rootsOf(plane)
    if (roots.size > 0) bySet.set([...roots].sort().join(), bySet.get([...roots].sort().join()) ?? { plane, roots })
  }
  return [...bySet.values()]
}

export const unrelatedRoots: Rule = {
  code: 'TRU101',
  name: 'unrelated-roots',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'Control planes of one mesh trust no root in common, so mutual TLS between their workloads fails (TRUST-3, TRUST-5).',
  *check(snapshot): Iterable<Breach> {
    for (const mesh of snapshot.meshes) {
      const [first, ...others] = distinctRoots(snapshot, mesh.controlPlanes)
      if (first === undefined) continue
      for (const { plane, roots } of others) {
        if (share(first.roots, roots)) continue
        yield {
          on: headerRef('ControlPlane', plane.name, 'rootCertificates'),
          message: `control planes \`${first.plane.name}\` and \`${plane.name}\` of mesh \`${mesh.name}\` have no root certificate in common`,
        }
      }
    }
  },
}
