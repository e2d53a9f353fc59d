import { selectSidecar } from '../../istiod/scope/select-sidecar.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from './said.js'

/** Which Sidecar shapes the workload's proxy, and which lose? Exactly one counts, and they are never merged (VIS-14). */
export function sidecarsOf(view: ControlPlaneView, { namespace, labels, dataPlane }: Workload): readonly Said[] {
  if (dataPlane !== 'SIDECAR') return []
  const chosen = selectSidecar(view, namespace, labels)
  if (chosen === undefined) return []
  const concern = 'SIDECAR'
  const by = view.ref(chosen.meta)
  const root = view.controlPlane.meshConfig.rootNamespace
  const others = [...new Set([namespace, root])]
    .flatMap((place) => view.configuration.sidecars.get(place) ?? [])
    .filter((one) => one !== chosen && selectorMatches(one.workloadSelector ?? {}, labels))
    .filter(({ meta, workloadSelector }) => meta.namespace === namespace || Object.keys(workloadSelector ?? {}).length === 0)
  return [
    { concern, state: 'IN_FORCE', message: 'says what the proxy is given and listens for', resource: by, by: null },
    ...others.map(
      ({ meta }): Said => ({ concern, state: 'OVERRIDDEN', message: 'another Sidecar comes before it', resource: view.ref(meta), by }),
    ),
  ]
}
