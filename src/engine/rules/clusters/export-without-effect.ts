/**
 * Does a ServiceExport keep what is not exported within its cluster, as it seems to?
 *
 * A control plane that is not told to look at exports takes Services of one name for one Service, in all clusters that it reads. Rules MCS-2, VIS-37, VIS-41.
 */
import { pausing } from '../../pause.js'
import { isOn } from '../../snapshot/flags.js'
import { exportOf } from '../../snapshot/services/names-clusterset.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

/** Of each Service that some of its clusters export and others do not, the first export. */
function* halfExported(view: ControlPlaneView, told: Set<string>): Generator<Breach> {
  for (const { definitions, clusterLocal, namespace } of pausing(view.services)) {
    const name = definitions[0]?.service.meta.name
    if (name === undefined || definitions.length < 2 || clusterLocal || told.has(`${namespace}/${name}`)) continue
    const clusters = definitions.flatMap(({ cluster }) => view.clusters.find((one) => one.name === cluster) ?? [])
    const exporting = clusters.find((cluster) => exportOf(cluster, namespace, name) !== undefined)
    const made = exporting === undefined ? undefined : exportOf(exporting, namespace, name)
    const others = clusters.filter((cluster) => exportOf(cluster, namespace, name) === undefined).map((cluster) => `\`${cluster.name}\``)
    if (exporting === undefined || made === undefined || others.length === 0) continue
    told.add(`${namespace}/${name}`)
    const message = `control plane \`${view.controlPlane.name}\` does not look at exports: callers are sent to ${others.join(', ')} as well, which do not export the Service; turn \`ENABLE_MCS_SERVICE_DISCOVERY\` on, or keep the Service of those clusters under another name`
    yield { on: exporting.ref(made.meta), message }
  }
}

export const exportWithoutEffect: Rule = {
  code: 'DIF110',
  name: 'export-without-effect',
  severity: 'INFO',
  istio: [],
  kiali: [],
  summary: 'A Service is exported by one cluster and not by another, and a control plane takes both for one all the same (MCS-2).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const [name, plane] of snapshot.controlPlanes)
      if (!isOn(plane, 'ENABLE_MCS_SERVICE_DISCOVERY')) yield* halfExported(snapshot.view(name), told)
  },
}
