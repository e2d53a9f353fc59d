import { isCaptured } from '../../analysis/transport/is-captured.js'
import { mutualTlsMode, type EffectiveMode, type ModeDecision } from '../../istiod/inbound/mutual-tls-mode.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

export interface ServerMode {
  readonly mode: EffectiveMode | 'NO_PROXY'
  /** As a sentence: what makes the server take what it takes. */
  readonly told: string
  readonly policy: ResourceRef | undefined
}

/** The mode of a server's port by its own control plane, and what sets it. */
export function serverMode(snapshot: Snapshot, server: Workload, port: number): ServerMode {
  const { namespace, labels, controlPlane, dataPlane, owner } = server
  if (dataPlane === 'NONE') return { mode: 'NO_PROXY', told: `\`${namespace}/${owner.name}\` has no proxy`, policy: undefined }
  if (!isCaptured(server, port)) {
    const told = `annotations keep port ${port} of \`${namespace}/${owner.name}\` away from its proxy`
    return { mode: 'NO_PROXY', told, policy: undefined }
  }
  const view = controlPlane === undefined ? undefined : snapshot.view(controlPlane)
  const { mode, because }: ModeDecision =
    view === undefined ? { mode: 'PERMISSIVE', because: [] } : mutualTlsMode(view, namespace, labels, port)
  const [policy] = because
  return { mode, policy, told: policy === undefined ? `\`${mode}\` is the default` : `${nameOf(policy)} sets \`${mode}\` there` }
}

export const nameOf = ({ kind, namespace, name }: ResourceRef): string => `${kind} \`${namespace}/${name}\``

/** The policy that a reference leads to, among those of the control plane. */
export const policyOf = (view: ControlPlaneView, { namespace, name }: ResourceRef): PeerAuthentication | undefined =>
  view.configuration.peerAuthentications.get(namespace ?? '')?.find(({ meta }) => meta.name === name)
