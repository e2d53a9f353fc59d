/**
 * Do the control planes of a mesh agree on which services stay within their clusters?
 *
 * `serviceSettings` is each control plane's own: the same service is then its own cluster's for the proxies of one, and all clusters' for those of another. Rules MODEL-10, VIS-33, VIS-34.
 */
import { pausing } from '../../pause.js'
import type { ControlPlaneView, Mesh, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

/** A control plane that keeps services to their clusters, one that does not, and those services. */
interface Disagreement {
  readonly local: ControlPlaneView
  readonly open: ControlPlaneView
  readonly hosts: string[]
}

/** By host, a control plane that balances the service over several clusters. */
function sharedIn(views: readonly ControlPlaneView[]): ReadonlyMap<string, ControlPlaneView> {
  const open = new Map<string, ControlPlaneView>()
  for (const view of views)
    for (const { hostname, clusterLocal, definitions } of pausing(view.services))
      if (!clusterLocal && definitions.length > 1 && !open.has(hostname)) open.set(hostname, view)
  return open
}

/** Of services that some control plane of the mesh sees in several clusters. */
function disagreements(snapshot: Snapshot, { controlPlanes }: Mesh): Iterable<Disagreement> {
  const views = controlPlanes.map((name) => snapshot.view(name))
  const open = sharedIn(views)
  const found = new Map<string, Disagreement>()
  for (const view of open.size === 0 ? [] : views) {
    for (const { hostname, namespace, clusterLocal } of pausing(view.services)) {
      // Of istiod each control plane keeps its own (VIS-32).
      const other = clusterLocal && namespace !== view.controlPlane.systemNamespace ? open.get(hostname) : undefined
      if (other === undefined) continue
      const key = `${view.controlPlane.name} ${other.controlPlane.name}`
      const known = found.get(key) ?? { local: view, open: other, hosts: [] }
      found.set(key, known)
      known.hosts.push(hostname)
    }
  }
  return found.values()
}

const named = 3

function tell({ local, open, hosts }: Disagreement): Breach {
  const list = hosts.slice(0, named).map((host) => `\`${host}\``)
  const more = hosts.length > named ? ` and ${hosts.length - named} more` : ''
  const [one, other] = [local.controlPlane.name, open.controlPlane.name]
  const message = `control plane \`${one}\` keeps ${list.join(', ')}${more} within each cluster, and \`${other}\` of the same mesh does not: proxies of \`${one}\` call servers of their own cluster only, those of \`${other}\` call all; write the same \`serviceSettings\` for both`
  return { on: { ...local.controlPlane.ref, path: 'meshConfig.serviceSettings' }, message }
}

export const clusterLocalInPart: Rule = {
  code: 'DIF106',
  name: 'cluster-local-in-part',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'One control plane of a mesh keeps a service within its clusters, and another does not (VIS-33, VIS-34).',
  *check(snapshot): Iterable<Breach> {
    for (const mesh of snapshot.meshes) for (const found of disagreements(snapshot, mesh)) yield tell(found)
  },
}
