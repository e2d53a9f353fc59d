import { pausing } from '../../pause.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { covers, isWildcard } from '../../snapshot/covers.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { remembered } from '../../remembered.js'
import type { Sidecar, SidecarEgress } from '../../resources/istio/sidecar.js'
import { isFor } from '../../snapshot/services/audience.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isOfUnlistedNamespace, isUnread, mayBeThere } from '../unlisted-services.js'

const servicesIn = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly MeshService[]> => {
  const found = new Map<string, MeshService[]>()
  for (const service of pausing(view.services)) {
    const known = found.get(service.namespace)
    if (known === undefined) found.set(service.namespace, [service])
    else known.push(service)
  }
  return found
})

const none: readonly MeshService[] = []

/** The services that an egress host means, whether they are exported to the Sidecar's namespace or not. */
function meantBy(view: ControlPlaneView, namespace: string, host: string): readonly MeshService[] {
  if (!isWildcard(host)) return view.servicesByHost(host).filter((service) => namespace === '*' || service.namespace === namespace)
  const list = namespace === '*' ? view.services : (servicesIn(view).get(namespace) ?? none)
  return list.filter(({ hostname }) => covers(host, hostname))
}

/** Hosts that a VirtualService of the namespace is for are imported as routes. */
const isRouted = (view: ControlPlaneView, namespace: string, host: string): boolean =>
  (namespace === '*'
    ? [...view.configuration.virtualServices.values()].flat()
    : (view.configuration.virtualServices.get(namespace) ?? [])
  ).some(({ hosts, meta }) => hosts.some((own) => covers(host, qualify(own, meta.namespace, domainSuffix(view)))))

interface Entry {
  readonly written: string
  readonly namespace: string
  readonly host: string
  readonly port: number | undefined
}

/** Is it of a namespace of which no Service is given, or of outside where no ServiceEntry is? Others' objects need not be in the document. */
function isBeyond(view: ControlPlaneView, { namespace, host }: Entry): boolean {
  if (isWildcard(host)) return namespace !== '*' && !servicesIn(view).has(namespace)
  if (readServiceName(host, domainSuffix(view)) !== undefined) return isOfUnlistedNamespace(view, host)
  return view.configuration.serviceEntries.size === 0 && host.includes('.')
}

/** Can nobody say whether the entry brings something? */
function isOpen(view: ControlPlaneView, entry: Entry): boolean {
  const { namespace, host } = entry
  if (view.servicesByHost(host).length === 0 && (mayBeThere(view, host) || isBeyond(view, entry))) return true
  return isUnread(view.clusters, 'services', namespace === '*' ? undefined : namespace) || isUnread([view.configCluster], 'virtualServices')
}

/** Why the entry brings nothing; undefined: it does, may do, or stands for whatever will come. */
function whyNothing(view: ControlPlaneView, consumer: string, entry: Entry): string | undefined {
  const { written, namespace, host, port } = entry
  if (host === '*' || isOpen(view, entry)) return undefined
  const meant = meantBy(view, namespace, host)
  if (meant.length === 0)
    return isRouted(view, namespace, host) ? undefined : `\`${written}\` imports nothing: ${whereElse(view, namespace, host)}`
  if (consumer !== '' && !meant.some(({ exportTo }) => isFor(exportTo, consumer)))
    return `\`${written}\` imports nothing: \`${meant[0]?.hostname}\` is not exported to namespace \`${consumer}\``
  if (port === undefined || meant.some(({ ports }) => ports.some(({ number }) => number === port))) return undefined
  return `\`${written}\` imports nothing: the listener is for port ${port}, which \`${meant[0]?.hostname}\` does not have`
}

function whereElse(view: ControlPlaneView, namespace: string, host: string): string {
  const elsewhere = isWildcard(host) ? undefined : view.servicesByHost(host)[0]
  if (elsewhere !== undefined) return `\`${host}\` is of namespace \`${elsewhere.namespace}\`, so write \`${elsewhere.namespace}/${host}\``
  const full = view.servicesByHost(`${host}.${namespace}.svc.${domainSuffix(view)}`)[0]
  if (full !== undefined) return `hosts are written in full here, so write \`${namespace}/${full.hostname}\``
  const [near] = nearestNames(
    host,
    (servicesIn(view).get(namespace) ?? none).map(({ hostname }) => hostname),
  )
  return `namespace \`${namespace}\` has no such service${near === undefined ? '' : `; did you mean \`${near}\`?`}`
}

function* entriesOf({ egress, meta }: Sidecar): Iterable<Entry & { readonly path: string }> {
  for (const [index, { hosts, port }] of egress.entries()) {
    for (const [place, written] of hosts.entries()) {
      const [namespace = '', host, ...rest] = written.split('/')
      if (host === undefined || rest.length > 0 || namespace.startsWith('~')) continue
      yield {
        written,
        path: `spec.egress[${index}].hosts[${place}]`,
        namespace: namespace === '.' ? meta.namespace : namespace,
        host: host.toLowerCase(),
        port: onlyPort(port),
      }
    }
  }
}

/** The only port that a listener lets through (VIS-20). */
const onlyPort = (port: SidecarEgress['port']): number | undefined =>
  port === undefined || port.number === 0 || port.protocol.toUpperCase() === 'HTTP_PROXY' ? undefined : port.number

function* breachesOf({ object, views }: ReadObject<Sidecar>): Iterable<Breach> {
  const { namespace } = object.meta
  const isRoot = views.some(({ controlPlane }) => controlPlane.meshConfig.rootNamespace === namespace)
  for (const entry of entriesOf(object)) {
    // What `.` means of a Sidecar for all namespaces differs by proxy.
    if (isRoot && entry.written.startsWith('./')) continue
    const reasons = views.map((view) => whyNothing(view, isRoot ? '' : namespace, entry))
    const [reason] = reasons
    if (reason === undefined || reasons.some((one) => one === undefined)) continue
    yield {
      on: views[0].ref(object.meta, entry.path),
      message: `${reason}; its proxies do not know that host and pass it on or refuse it as their outbound policy says`,
    }
  }
}

export const sidecarImportsNothing: Rule = {
  code: 'CON106',
  name: 'sidecar-imports-nothing',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1004'],
  summary: 'An egress host of a Sidecar brings nothing into scope (VIS-15, VIS-18, VIS-20).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const read of objectsOf(configuration, 'sidecars')) yield* breachesOf(read)
    }
  },
}
