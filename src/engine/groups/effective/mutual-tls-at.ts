/** Which mutual TLS does the workload take at a port, and which policies lose? Rules TLS-1, TLS-2, TLS-3, TLS-6, AMB-35. */
import { ztunnelMode } from '../../istiod/ambient/ztunnel-mode.js'
import { mutualTlsMode, namespaceMutualTlsMode } from '../../istiod/inbound/mutual-tls-mode.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from './said.js'

const concern = 'MUTUAL_TLS'

export function mutualTlsAt(view: ControlPlaneView, workload: Workload, port: number): readonly Said[] {
  const decide =
    workload.dataPlane === 'AMBIENT' ? ztunnelMode(view, workload, port) : mutualTlsMode(view, workload.namespace, workload.labels, port)
  const [resource = null] = decide.because
  const isDefault = resource === null ? ', as nothing says otherwise' : ''
  const message = `mutual TLS is \`${decide.mode}\`${isDefault}`
  const inForce: Said = { concern, state: 'IN_FORCE', message, resource, by: null }
  const forCallers = sentBy(view, workload).filter((said) => !isSame(said.resource, resource))
  const rest = candidates(view, workload).filter(({ meta }) => !forCallers.some((said) => isSame(said.resource, view.ref(meta))))
  return [inForce, ...forCallers, ...rest.flatMap((policy) => told(view, workload, policy, resource))]
}

/** Callers look at the mesh and the namespace alone, whatever a policy for the workload or one of its ports says (TLS-6). */
function sentBy(view: ControlPlaneView, { dataPlane, namespace }: Workload): readonly Said[] {
  if (dataPlane === 'AMBIENT') return []
  const { mode, because } = namespaceMutualTlsMode(view, namespace)
  const sent = mode === 'DISABLE' ? 'plaintext' : 'mutual TLS'
  const message = `sidecars that call the workload go by it, and send ${sent} (\`${mode}\`)`
  return because.map((resource) => ({ concern, state: 'IN_FORCE', message, resource, by: null }))
}

const isSame = (a: ResourceRef | null, b: ResourceRef | null): boolean =>
  a !== null && b !== null && a.cluster === b.cluster && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name

/** Policies of the namespace and of the mesh that are for this workload, or look as if they were. */
function candidates(view: ControlPlaneView, { namespace, labels }: Workload): readonly PeerAuthentication[] {
  const root = view.controlPlane.meshConfig.rootNamespace
  return [...new Set([namespace, root])]
    .flatMap((place) => view.configuration.peerAuthentications.get(place) ?? [])
    .filter(({ selector }) => selectorMatches(selector ?? {}, labels))
}

function told(
  view: ControlPlaneView,
  { namespace }: Workload,
  { meta, selector }: PeerAuthentication,
  by: ResourceRef | null,
): readonly Said[] {
  if (by !== null && by.kind === meta.kind && by.namespace === meta.namespace && by.name === meta.name) return []
  const resource = view.ref(meta)
  const isRoot = meta.namespace === view.controlPlane.meshConfig.rootNamespace
  if (isRoot && Object.keys(selector ?? {}).length > 0) {
    return [{ concern, state: 'NOT_ENFORCED', message: 'a selector in the root namespace selects nothing', resource, by: null }]
  }
  if (by === null) return [{ concern, state: 'NOT_ENFORCED', message: 'it states no mode for this port', resource, by: null }]
  const nearer = by.namespace === namespace && isRoot ? 'a policy of the namespace comes before it' : 'another policy comes before it'
  return [{ concern, state: 'OVERRIDDEN', message: nearer, resource, by }]
}
