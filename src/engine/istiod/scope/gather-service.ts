/**
 * What becomes of the records that a proxy's listeners import under one hostname?
 *
 * Each is listened to by itself, but upstream clusters are made from one service: the first record, a Kubernetes Service before a ServiceEntry,
 * with the ports of others only where they agree in all that clusters are made from. Rules VIS-10, VIS-12, VIS-22.
 */
import { remembered } from '../../remembered.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Labels } from '../../resources/meta.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ListenedRecord, ScopedService } from './proxy-scope.js'

/** A record that is imported, explicitly by a listener or because a VirtualService leads to it. */
export interface Import {
  readonly record: MeshService
  readonly ports: readonly number[]
  readonly because: readonly ResourceRef[]
  readonly listened: ListenedRecord | undefined
  /** No Sidecar cuts anything: what is made of the listened record alone is the same for every proxy. */
  readonly uncut: boolean
}

/** The service of a scope that the imports of one hostname amount to, in the order in which they are made; undefined: there are none. */
export function gatherService(imports: Iterable<Import>): ScopedService | undefined {
  let scoped: ScopedService | undefined
  for (const next of imports) {
    if (scoped === undefined) scoped = next.uncut && next.listened !== undefined ? startUncut(next.listened) : start(next)
    else {
      const listening: readonly ListenedRecord[] = next.listened === undefined ? scoped.listening : [...scoped.listening, next.listened]
      scoped = { ...join(scoped, next), listening, imported: listening.length > 0 ? 'EXPLICIT' : 'IMPLICIT' }
    }
  }
  return scoped
}

const start = ({ record, ports, because, listened }: Import): ScopedService => ({
  service: record,
  imported: listened === undefined ? 'IMPLICIT' : 'EXPLICIT',
  ports,
  listening: listened === undefined ? [] : [listened],
  because,
})

export const startUncut = remembered(
  (listened: ListenedRecord): ScopedService =>
    start({ record: listened.record, ports: listened.ports, because: [listened.record.ref], listened, uncut: true }),
)

function join(first: ScopedService, next: Import): ScopedService {
  const { service } = first
  if (service.registry !== next.record.registry) return service.registry === 'KUBERNETES' ? first : start(next)
  const added = next.ports.filter((port) => !first.ports.includes(port))
  const listenedOnly = next.listened === undefined
  if (added.length === 0)
    return isOf(first, next.record) && !listenedOnly ? { ...first, because: union(first.because, next.because) } : first
  if (!merges(service, next.record)) return first
  const because = listenedOnly ? first.because : union(first.because, next.because)
  return { ...first, service: withPorts(service, next.record.ports, added), ports: [...first.ports, ...added], because }
}

const isOf = ({ service }: ScopedService, record: MeshService): boolean =>
  service === record || (service.ref === record.ref && service.hostname === record.hostname)

const union = (a: readonly ResourceRef[], b: readonly ResourceRef[]): readonly ResourceRef[] => [
  ...a,
  ...b.filter((one) => !a.includes(one)),
]

/** The record itself where it has the ports; else one with those of both. */
function withPorts(service: MeshService, others: readonly MeshPort[], added: readonly number[]): MeshService {
  const missing = others.filter(({ number }) => added.includes(number) && !service.ports.some((port) => port.number === number))
  return missing.length === 0 ? service : { ...service, ports: [...service.ports, ...missing] }
}

/** May ports of the other record be added? Only where namespace, resolution, labels, selector and consumers agree (VIS-10). */
function merges(one: MeshService, other: MeshService): boolean {
  if (one.namespace !== other.namespace || one.resolution !== other.resolution) return false
  if (one.entry === undefined || other.entry === undefined) return one.entry === other.entry
  return (
    sameLabels(one.entry.meta.labels, other.entry.meta.labels) &&
    sameLabels(one.entry.workloadSelector ?? {}, other.entry.workloadSelector ?? {}) &&
    [...new Set(one.entry.exportTo)].sort().join() === [...new Set(other.entry.exportTo)].sort().join()
  )
}

const sameLabels = (a: Labels, b: Labels): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value)
