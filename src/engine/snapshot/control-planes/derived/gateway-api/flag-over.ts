import { type flags, isOn } from '../../../flags.js'
import { readsBackendPolicies, readsTcpRoutes, readsTlsRoutes } from '../../../releases.js'
import type { ControlPlane } from '../../../snapshot.js'

/** Kinds that a release reads of itself, once they are stable; before, by the flag for all that is not. */
const stable: Readonly<Record<string, (controlPlane: ControlPlane) => boolean>> = {
  TCPRoute: readsTcpRoutes,
  TLSRoute: readsTlsRoutes,
  BackendTLSPolicy: readsBackendPolicies,
}

/** The flag without which a control plane does not read this kind of the Gateway API; undefined: it reads it. Rules GWAPI-1, GWAPI-2, GWAPI-69. */
export function flagOver(controlPlane: ControlPlane, kind: string): keyof typeof flags | undefined {
  if (!isOn(controlPlane, 'PILOT_ENABLE_GATEWAY_API')) return 'PILOT_ENABLE_GATEWAY_API'
  const isStable = stable[kind]?.(controlPlane) ?? true
  return isStable || isOn(controlPlane, 'PILOT_ENABLE_ALPHA_GATEWAY_API') ? undefined : 'PILOT_ENABLE_ALPHA_GATEWAY_API'
}
