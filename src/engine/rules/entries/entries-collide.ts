import { pausing } from '../../pause.js'
import type { Severity } from '../../model/report.js'
import type { Audience } from '../../snapshot/services/audience.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

interface Collision {
  readonly severity: Severity
  readonly istio: readonly string[]
  readonly kiali: readonly string[]
  readonly how: string
}

const isShared = (a: Audience, b: Audience): boolean => {
  if (a.has('~') || b.has('~')) return false
  return a.has('*') || b.has('*') || [...a].some((namespace) => b.has(namespace))
}

/** What two entries for one host say otherwise of one port; the same twice is no more than a hint (VIS-10). */
function collide(one: MeshService, other: MeshService, port: MeshPort, theirs: MeshPort): Collision {
  if (port.protocol !== theirs.protocol) {
    const severity = port.protocol === 'AUTO' || theirs.protocol === 'AUTO' ? 'WARNING' : 'ERROR'
    const how = `reads its port ${port.number} as ${spoken(theirs)}, where this one says ${spoken(port)}`
    return { severity, istio: ['IST0177'], kiali: ['KIA1212'], how }
  }
  if (one.resolution !== other.resolution)
    return { severity: 'ERROR', istio: [], kiali: ['KIA1211'], how: `resolves it otherwise (${written(other)}, not ${written(one)})` }
  return { severity: 'INFO', istio: [], kiali: ['KIA1211'], how: `declares its port ${port.number} as well` }
}

const spoken = ({ protocol }: MeshPort): string => (protocol === 'AUTO' ? 'no protocol' : protocol)

const written = ({ entry }: MeshService): string => entry?.resolution ?? ''

/** The gravest of what others say of a port. */
function gravest(
  record: MeshService,
  port: MeshPort,
  others: readonly MeshService[],
): { readonly other: MeshService; readonly collision: Collision } | undefined {
  const found = others.flatMap((other) => {
    const theirs = other.ports.find(({ number }) => number === port.number)
    return theirs === undefined || !isShared(record.exportTo, other.exportTo)
      ? []
      : [{ other, collision: collide(record, other, port, theirs) }]
  })
  return (
    (['ERROR', 'WARNING'] as const).flatMap((severity) => found.find(({ collision }) => collision.severity === severity) ?? [])[0] ??
    found[0]
  )
}

const effects: Readonly<Record<'ERROR' | 'INFO', string>> = {
  ERROR:
    'a proxy makes one cluster of both, as the first of them says, and the other is called wrongly or not at all; write one entry for the host, or export them to different namespaces',
  INFO: 'those of one namespace are joined, of others each proxy takes one; one entry for the host is enough',
}

/** How many others are looked at. */
const considered = 200

/** Entries that are for the host too. */
function othersFor(view: ControlPlaneView, hostname: string, entry: ServiceEntry): readonly MeshService[] {
  const found: MeshService[] = []
  for (const other of view.servicesByHost(hostname)) {
    if (other.entry !== undefined && other.entry !== entry) found.push(other)
    if (found.length === considered) break
  }
  return found
}

function* breachesIn(view: ControlPlaneView): Iterable<Breach> {
  const told = new Map<ServiceEntry, Set<number>>()
  for (const record of pausing(view.services)) {
    const { entry, hostname } = record
    if (entry === undefined || entry.meta.index < 0) continue
    const others = othersFor(view, hostname, entry)
    if (others.length === 0) continue
    for (const [index, port] of record.ports.entries()) {
      const found = gravest(record, port, others)
      const known = told.get(entry) ?? new Set()
      if (found === undefined || known.has(port.number)) continue
      told.set(entry, known.add(port.number))
      const { other, collision } = found
      const { severity, istio, kiali, how } = collision
      const effect = effects[severity === 'INFO' ? 'INFO' : 'ERROR']
      const name = `ServiceEntry \`${other.namespace}/${other.entry?.meta.name ?? ''}\``
      yield {
        on: view.ref(entry.meta, `spec.ports[${index}]`),
        severity,
        istio,
        kiali,
        message: `${name} is for \`${hostname}\` too and ${how}: ${effect}`,
      }
    }
  }
}

export const entriesCollide: Rule = {
  code: 'SEN101',
  name: 'entries-collide',
  severity: 'ERROR',
  istio: ['IST0177'],
  kiali: ['KIA1211', 'KIA1212'],
  summary:
    'Several ServiceEntries that the same proxies are given are for one host and port, and say different things of it (VIS-10, VIS-12).',
  *check(snapshot): Iterable<Breach> {
    for (const { views } of configurationsOf(snapshot)) if (views[0] !== undefined) yield* breachesIn(views[0])
  },
}
