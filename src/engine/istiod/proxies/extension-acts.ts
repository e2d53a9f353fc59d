import type { Extension } from '../../resources/istio/extension.js'
import { deniesFailedWasm, readsTrafficExtensions } from '../../snapshot/releases.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Passing } from './passing.js'

/**
 * Does the code act on calls that pass so? An extension of a gateway acts on what leaves it, one of a waypoint on what arrives; at a sidecar its
 * mode says which side. Rule EXT-9.
 */
export function extensionActs(view: ControlPlaneView, extension: Extension, passing: Passing): boolean {
  const { meta, matches, level, hasCode } = extension
  if (!hasCode || (meta.kind === 'TrafficExtension' && !readsTrafficExtensions(view.controlPlane))) return false
  if (level === 'HTTP' && !passing.requests) return false
  if (matches.length === 0) return true
  const { direction } = passing
  const side = direction === 'INBOUND' || direction === 'WAYPOINT' ? 'SERVER' : 'CLIENT'
  return matches.some(
    ({ mode, ports }) => (mode === side || mode === 'CLIENT_AND_SERVER') && (ports.length === 0 || isAmong(ports, passing)),
  )
}

/** Out of a pod the port of the Service; into it the pod's own for requests, and the Service's for connections; at a waypoint none for requests. */
function isAmong(ports: readonly number[], { direction, port, podPort, requests }: Passing): boolean {
  if (direction === 'WAYPOINT' && requests) return false
  const met = direction === 'INBOUND' && requests ? podPort : port
  return met === undefined || ports.includes(met)
}

/** What becomes of calls where the code cannot be had: whether it can, nothing here knows (EXT-10). */
export function ifItFails({ controlPlane }: ControlPlaneView, { remote, failOpen }: Extension): string {
  if (!remote) return ''
  if (failOpen) return ', which passes what it cannot judge where its code cannot be fetched,'
  return deniesFailedWasm(controlPlane)
    ? ', which denies everything where its code cannot be fetched,'
    : ', which keeps the proxy as it was where its code cannot be fetched,'
}
