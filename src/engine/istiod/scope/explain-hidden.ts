import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Consumer } from './import-explicitly.js'
import { holdsRecord } from './listened-at.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ProxyScope, ScopedService } from './proxy-scope.js'

/**
 * Why does this consumer not have the service? The owner does not export it, the Sidecar does not take it, or another
 * record of the same name stands in its place.
 *
 * Rules VIS-2, VIS-18, VIS-19, VIS-22.
 */
export function explainHidden(
  consumer: Consumer,
  chosen: ScopedService | undefined,
  service: MeshService,
): ReturnType<ProxyScope['whyHidden']> {
  const { view, namespace, sidecar, listeners } = consumer
  const host = `\`${service.hostname}\``
  if (!isFor(service.exportTo, namespace)) {
    const names = [...service.exportTo].map((name) => `\`${name}\``).join(', ')
    const message = service.exportTo.has('~')
      ? `${host} is exported to nobody (exportTo \`~\`)`
      : `${host} is exported only to ${names}, not to \`${namespace}\``
    return { reason: 'NOT_EXPORTED', message, because: [exportPlace(service)] }
  }
  if (chosen !== undefined && !holdsRecord(chosen, service)) {
    const message = `namespace \`${namespace}\` uses the record of ${host} in namespace \`${chosen.service.namespace}\` instead`
    return { reason: 'HOSTNAME_SHADOWED', message, because: [chosen.service.ref] }
  }
  if (sidecar === undefined) return { reason: 'NOT_IMPORTED', message: `${host} is not imported`, because: [service.ref] }
  const name = `\`${sidecar.meta.namespace}/${sidecar.meta.name}\``
  const excluding = listeners.find((listener) => listener.excludes(service.namespace, service.hostname))
  const path = excluding?.path ?? (listeners.length === 1 ? listeners[0]?.path : undefined)
  const verb = excluding === undefined ? 'does not import' : 'excludes'
  const message = `the Sidecar ${name} ${verb} ${host} of namespace \`${service.namespace}\``
  return {
    reason: 'NOT_IMPORTED',
    message,
    because: [view.ref(sidecar.meta, path === undefined ? 'spec.egress' : `${path}.hosts`), service.ref],
  }
}

function exportPlace(service: MeshService) {
  const path = service.registry === 'KUBERNETES' ? 'metadata.annotations["networking.istio.io/exportTo"]' : 'spec.exportTo'
  return { ...service.ref, path }
}
