/**
 * Does ztunnel at a pod take connections without an identity?
 *
 * STRICT refuses them, everything else takes both kinds. Selectors are read otherwise than by sidecars: an empty one in the root namespace is for that
 * namespace's own pods, and one with labels there is for nobody. A port's own mode counts under an inherited STRICT only where it is PERMISSIVE, or
 * where the workload's policy states a mode itself. Rules AMB-35, TLS-16.
 */
import type { PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import { byAge } from '../../snapshot/by-age.js'
import { labelsInclude } from '../../snapshot/label-selector.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { ModeDecision } from '../inbound/mutual-tls-mode.js'

/** Without a selector: of the whole mesh or namespace. */
const isBroad = ({ selector, emptySelector }: PeerAuthentication): boolean => selector === undefined && emptySelector === undefined

const isEmpty = ({ emptySelector }: PeerAuthentication): boolean => emptySelector === true

export function ztunnelMode(view: ControlPlaneView, { namespace, labels }: Workload, port: number): ModeDecision {
  const root = view.controlPlane.meshConfig.rootNamespace
  const stated = (level: string, takes: (policy: PeerAuthentication) => boolean): PeerAuthentication | undefined =>
    (view.configuration.peerAuthentications.get(level) ?? []).filter(takes).sort(byAge)[0]
  const mesh = stated(root, (policy) => isBroad(policy) || (namespace === root && isEmpty(policy)))
  const own = namespace === root ? undefined : stated(namespace, (policy) => isBroad(policy) || isEmpty(policy))
  const broad = [own, mesh].find((policy) => policy !== undefined && policy.mode !== 'UNSET')
  const inherited = broad === undefined ? taking : decided(view, broad, 'spec.mtls.mode')
  const workload =
    namespace === root ? undefined : stated(namespace, ({ selector }) => selector !== undefined && labelsInclude(labels, selector))
  if (workload === undefined) return inherited
  const whole = workload.mode === 'UNSET' ? inherited : decided(view, workload, 'spec.mtls.mode')
  const portMode = workload.portModes[port]
  if (portMode === undefined || portMode === 'UNSET') return whole
  const isHeeded = workload.mode !== 'UNSET' || portMode === 'PERMISSIVE' || whole.mode !== 'STRICT'
  return isHeeded ? { mode: portMode, because: [view.ref(workload.meta, `spec.portLevelMtls.${port}.mode`)] } : whole
}

const taking: ModeDecision = { mode: 'PERMISSIVE', because: [] }

const decided = (view: ControlPlaneView, { meta, mode }: PeerAuthentication, path: string): ModeDecision =>
  mode === 'UNSET' ? taking : { mode, because: [view.ref(meta, path)] }
