import { remembered } from '../../remembered.js'
import type { EntryVisibility } from '../../snapshot/control-planes/mesh-config.js'
import { takesNamespace } from '../../snapshot/namespace-labels.js'
import { narrowsEntries } from '../../snapshot/releases.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/**
 * Whom are ztunnels told of a ServiceEntry for: everybody, pods of its own namespace, or nobody? OPEN: labels decide that are not given.
 *
 * By MeshConfig since 1.31, which for sidecars asks for more. Rule AMB-18.
 */
export const entryVisibility = remembered(
  ({ controlPlane, configCluster }: ControlPlaneView, { entry }: MeshService): EntryVisibility | 'OPEN' => {
    const stated = controlPlane.meshConfig.entryVisibility
    if (entry === undefined || stated === undefined || configCluster === undefined || !narrowsEntries(controlPlane)) return 'PUBLIC'
    for (const { visibility, namespaces } of stated.policies) {
      const taken = namespaces.map((selector) => takesNamespace(selector, configCluster, entry.meta.namespace))
      if (taken.includes(false)) continue
      return taken.includes(undefined) ? 'OPEN' : visibility
    }
    return stated.usual
  },
)
