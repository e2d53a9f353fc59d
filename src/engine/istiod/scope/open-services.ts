/**
 * Which services is every proxy given alike that no Sidecar cuts down?
 *
 * Where one record stands for the hostname and is exported to everybody, neither the consumer's namespace nor what its VirtualServices name
 * can change what it is given: the whole record (VIS-2, VIS-21, VIS-22). In a large mesh that is nearly all of them, and each namespace would
 * keep its own.
 */
import { remembered } from '../../remembered.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { anything } from './egress-listeners.js'
import { startUncut } from './gather-service.js'
import { wholeRecord } from './import-explicitly.js'
import { lazyMap } from './lazy-map.js'
import type { ScopedService } from './proxy-scope.js'

export const openServices = remembered(
  (view: ControlPlaneView): ReadonlyMap<string, ScopedService> =>
    lazyMap(
      (host) => openService(view, host),
      () => view.services.map(({ hostname }) => hostname),
    ),
)

function openService(view: ControlPlaneView, host: string): ScopedService | undefined {
  const [record, ...others] = view.servicesByHost(host)
  if (record === undefined || others.length > 0 || !record.exportTo.has('*')) return undefined
  return startUncut(wholeRecord(anything, record))
}
