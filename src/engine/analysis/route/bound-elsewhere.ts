import type { Outcome } from '../call/outcome.js'
import type { Routed } from '../call/stage-values.js'
import type { Listened } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { leaveMesh } from './default-alternative.js'

/** A Sidecar's listener with a `bind` listens there alone, and not on the addresses of its services (VIS-42). */
export function boundElsewhere(scope: ProxyScope, { record, port, bind }: Listened): Outcome<Routed> {
  const message = `the Sidecar has port ${port.number} of \`${record.hostname}\` listened for on \`${bind}\` only, which is not what the application dials`
  const because = scope.sidecar === undefined ? [record.ref] : [scope.view.ref(scope.sidecar.meta, 'spec.egress')]
  return leaveMesh(scope, port.number, port.protocol, { reason: 'ADDRESS_NOT_CAPTURED', message, because })
}
