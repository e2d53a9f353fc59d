import type { ModeDecision } from '../../istiod/inbound/mutual-tls-mode.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { ofCluster } from '../../snapshot/of-cluster.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Who sets the mode of a server's port, and for whom (TLS-1 … TLS-3). */
export function tellMode(view: ControlPlaneView, { mode, because }: ModeDecision): string {
  const [policy] = because
  if (policy === undefined) return 'no PeerAuthentication sets a mode there, so `PERMISSIVE` holds'
  const name = `PeerAuthentication \`${policy.namespace}/${policy.name}\`${policy.cluster === null ? '' : ofCluster(view.snapshot, policy.cluster)}`
  return `${name} sets \`${mode}\` ${isOfMesh(view, policy) ? 'mesh-wide' : 'there'}`
}

/** Of the root namespace only policies without a selector count, and those are for all namespaces (TLS-1). */
const isOfMesh = ({ controlPlane }: ControlPlaneView, { namespace }: ResourceRef): boolean =>
  namespace === controlPlane.meshConfig.rootNamespace
