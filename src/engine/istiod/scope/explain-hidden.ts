import { remembered } from '../../remembered.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Consumer } from './import-explicitly.js'
import { holdsRecord } from './listened-at.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ProxyScope, ScopedService } from './proxy-scope.js'

type Hidden = ReturnType<ProxyScope['whyHidden']>

/**
 * Why does this consumer not have the service? The owner does not export it, the Sidecar does not take it, or another
 * record of the same name stands in its place.
 *
 * Rules VIS-2, VIS-18, VIS-19, VIS-22.
 */
export function explainHidden(consumer: Consumer, chosen: ScopedService | undefined, service: MeshService): Hidden {
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
    const { ref } = chosen.service
    const which = chosen.service.namespace === service.namespace ? `${ref.kind} \`${ref.name}\`` : `the record`
    const message = `namespace \`${namespace}\` uses ${which} of ${host} in namespace \`${chosen.service.namespace}\` instead`
    return { reason: 'HOSTNAME_SHADOWED', message, because: [chosen.service.ref] }
  }
  if (sidecar === undefined) return { reason: 'NOT_IMPORTED', message: `${host} is not imported`, because: [service.ref] }
  return letsNoPortIn(consumer, sidecar, service) ?? leftOut({ view, listeners }, sidecar, service)
}

/** The Sidecar lists it, but for ports that it does not have (VIS-20). */
function letsNoPortIn(
  { view, listeners }: Pick<Consumer, 'view' | 'listeners'>,
  { meta }: Sidecar,
  service: MeshService,
): Hidden | undefined {
  const listing = listeners.filter((listener) => listener.imports(service.namespace, service.hostname))
  const without = listing.filter(({ port }) => port !== undefined && service.ports.every(({ number }) => number !== port))
  const [first] = without
  if (first === undefined || without.length < listing.length) return undefined
  const ports = [...new Set(without.map(({ port }) => port))].join(' and ')
  const message = `the Sidecar \`${meta.namespace}/${meta.name}\` lists \`${service.hostname}\` for port ${ports} only, which it does not declare`
  return { reason: 'NOT_IMPORTED', message, because: [view.ref(meta, `${first.path}.port`), service.ref] }
}

/** The Sidecar does not list it, or takes it out (VIS-18, VIS-19). */
function leftOut({ view, listeners }: Pick<Consumer, 'view' | 'listeners'>, sidecar: Sidecar, service: MeshService): Hidden {
  const host = `\`${service.hostname}\``
  const name = `\`${sidecar.meta.namespace}/${sidecar.meta.name}\``
  const excluding = listeners.find((listener) => listener.excludes(service.namespace, service.hostname))
  const path = excluding?.path ?? (listeners.length === 1 ? listeners[0]?.path : undefined)
  // A Service's own name says it.
  const whose = service.registry === 'KUBERNETES' ? '' : ` of namespace \`${service.namespace}\``
  const verb = excluding === undefined ? 'does not import' : 'excludes'
  const message = `the Sidecar ${name} ${verb} ${host}${whose}${excluding === undefined ? hostsListed(sidecar) : ''}`
  return {
    reason: 'NOT_IMPORTED',
    message,
    because: [view.ref(sidecar.meta, path === undefined ? 'spec.egress' : `${path}.hosts`), service.ref],
  }
}

const mostListed = 3

/** What it takes instead; told once for all services that it does not. */
const hostsListed = remembered(({ egress }: Sidecar): string => {
  const hosts = [...new Set(egress.flatMap((listener) => listener.hosts))].map((host) => `\`${host}\``)
  const shown = hosts.length > mostListed ? [...hosts.slice(0, mostListed), `${hosts.length - mostListed} more`] : hosts
  const last = shown.pop()
  return last === undefined ? '' : `, as it lists only ${shown.length === 0 ? last : `${shown.join(', ')} and ${last}`}`
})

function exportPlace(service: MeshService) {
  const path = service.registry === 'KUBERNETES' ? 'metadata.annotations["networking.istio.io/exportTo"]' : 'spec.exportTo'
  return { ...service.ref, path }
}
