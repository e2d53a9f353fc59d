/**
 * Are there modes for ports that no proxy ever looks up?
 *
 * `portLevelMtls` is read of a policy for chosen workloads only, and its keys are ports of the workload, not of a Service. Rules TLS-1, TLS-2.
 */
import { pausing } from '../../pause.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Breach, Rule } from '../rule.js'
import { peerAuthenticationsOf, type PlacedAuthentication, workloadsFor } from './peer-authentications.js'

/** Ports that the workload listens at, and where its Services' ports lead, as far as the document says. */
interface Ports {
  readonly own: ReadonlySet<number>
  readonly byService: ReadonlyMap<number, number>
}

function portsOf(workloads: readonly Workload[], { view }: PlacedAuthentication): Ports {
  const own = new Set<number>()
  const byService = new Map<number, number>()
  for (const workload of pausing(workloads)) {
    for (const { number } of workload.containerPorts) own.add(number)
    const cluster = view.snapshot.clusters.get(workload.cluster)
    for (const port of cluster === undefined ? [] : servicesSelecting(cluster, workload).flatMap(({ ports }) => ports)) {
      const target = targetPortOf(port, workload)
      if (target === undefined) continue
      own.add(target)
      byService.set(port.number, target)
    }
  }
  return { own, byService }
}

function* breachesOf(placed: PlacedAuthentication): Generator<Breach> {
  const { policy, view, level } = placed
  const ports = Object.keys(policy.portModes).map(Number)
  if (ports.length === 0) return
  if (level === 'MESH' || level === 'NAMESPACE') {
    const message = `\`portLevelMtls\` is read only of a policy that selects workloads, and this one is for a whole ${level === 'MESH' ? 'mesh' : 'namespace'}: its port modes hold nowhere; add a \`selector\`, in a policy of its own`
    yield { on: view.ref(policy.meta, 'spec.portLevelMtls'), message }
    return
  }
  const selected = level === 'WORKLOAD' ? workloadsFor(placed).filter(({ labels }) => selectorMatches(policy.selector ?? {}, labels)) : []
  const { own, byService } = portsOf(selected, placed)
  if (own.size > 0)
    for (const port of ports)
      if (!own.has(port)) yield missing(view.ref(policy.meta, `spec.portLevelMtls.${port}`), port, own, byService.get(port))
}

/** Containers need not declare their ports: only one that a Service has is surely another. */
function missing(on: ResourceRef, port: number, own: Ports['own'], target: number | undefined): Breach {
  if (target === undefined) {
    const message = `no workload that it selects is known to have port \`${port}\`, only \`${[...own].slice(0, 4).join('`, `')}\`: unless one of them listens there, the mode holds nowhere`
    return { on, severity: 'INFO', message }
  }
  const message = `\`${port}\` is a port of a Service, and modes are looked up by the port that it leads to: this one holds nowhere; write \`${target}\``
  return { on, message }
}

/** Modes of ports that hold nowhere. */
export const portModeWithoutEffect: Rule = {
  code: 'TLS103',
  name: 'port-mode-without-effect',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A mode of `portLevelMtls` holds nowhere: its policy selects no workloads, or they have no such port (TLS-2).',
  *check(snapshot): Iterable<Breach> {
    for (const placed of peerAuthenticationsOf(snapshot)) yield* breachesOf(placed)
  },
}
