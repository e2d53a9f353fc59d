import type { Assumption } from '../../model/step.js'
import { isAssumedSelected } from '../../snapshot/control-planes/selection-of.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Discovery selectors ask for labels of a Namespace that is not given: the service is there only if it has them (MODEL-6). */
export function assumedSelection({ controlPlane, snapshot }: ControlPlaneView, service: MeshService): readonly Assumption[] {
  const { namespace } = service
  const silent = service.definitions.filter(({ cluster: name }) => {
    const cluster = snapshot.clusters.get(name)
    return cluster !== undefined && isAssumedSelected(controlPlane, cluster, namespace)
  })
  if (silent.length === 0) return []
  const clusters = silent.map(({ cluster }) => `\`${cluster}\``).join(', ')
  const message = `the Namespace object \`${namespace}\` of ${clusters} is not given: the discovery selectors of control plane \`${controlPlane.name}\` are taken to select it`
  return [{ code: 'NAMESPACE_ASSUMED_SELECTED', message, because: [...controlPlane.meshConfig.because] }]
}
