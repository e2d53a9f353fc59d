import type { Meta } from '../meta.js'
import { findText, type Raw, type Reading, readList, readObject, readText } from '../reading.js'
import { type ApiListener, readApiListener } from './api-listener.js'

/** `gateway.networking.k8s.io` ListenerSet: listeners that a Gateway has beside its own. Rule GWAPI-28. */
export interface ListenerSet {
  readonly meta: Meta
  /** Undefined: its parent is no Gateway. */
  readonly parent: { readonly namespace: string; readonly name: string } | undefined
  /** A port of 0 is not stated. */
  readonly listeners: readonly ApiListener[]
}

export const readListenerSet = (reading: Reading, raw: Raw, meta: Meta): ListenerSet => {
  const spec = readObject(reading, raw, 'spec', '')
  const ref = readObject(reading, spec, 'parentRef', 'spec')
  const kind = `${findText(reading, ref, 'group', 'spec.parentRef') ?? 'gateway.networking.k8s.io'}/${findText(reading, ref, 'kind', 'spec.parentRef') ?? 'Gateway'}`
  const parent = {
    namespace: findText(reading, ref, 'namespace', 'spec.parentRef') ?? meta.namespace,
    name: readText(reading, ref, 'name', 'spec.parentRef'),
  }
  return {
    meta,
    parent: kind === 'gateway.networking.k8s.io/Gateway' ? parent : undefined,
    listeners: readList(reading, spec, 'listeners', 'spec', readApiListener),
  }
}
