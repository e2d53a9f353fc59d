import type { Severity } from '../../model/report.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlane } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

interface Difference {
  readonly severity: Severity
  readonly what: string
}

const rank = { ERROR: 0, WARNING: 1, INFO: 2 } as const

const spoken = ({ protocol }: ServicePort): string => (protocol === 'AUTO' ? 'of no protocol' : protocol)
const titleOf = ({ name }: ServicePort): string => (name === '' ? 'without a name' : `\`${name}\``)
const list = (ports: readonly ServicePort[]): string => ports.map(({ name, number }) => `\`${name}\` (${number})`).join(', ')

/** Ports are matched by their names; what stands under another name in a cluster takes no part in it (VIS-9). */
function* portDifferences(winner: Service, other: Service, names: readonly [string, string]): Iterable<Difference> {
  const [first, second] = names
  const onlyIn = (mine: Service, theirs: Service): readonly ServicePort[] =>
    mine.ports.filter(({ name }) => !theirs.ports.some((port) => port.name === name))
  const [missing, added] = [onlyIn(winner, other), onlyIn(other, winner)]
  const renamed = added.flatMap((port) => missing.filter(({ number }) => number === port.number).map((named) => [named, port] as const))
  for (const [named, port] of renamed) {
    const protocols = named.protocol === port.protocol ? '' : `, that is ${spoken(named)} and ${spoken(port)}`
    const severity = named.protocol === port.protocol ? 'WARNING' : 'ERROR'
    yield { severity, what: `port ${port.number} is ${titleOf(named)} in \`${first}\` and ${titleOf(port)} in \`${second}\`${protocols}` }
  }
  const unpaired = (ports: readonly ServicePort[]): readonly ServicePort[] => ports.filter((port) => !renamed.flat().includes(port))
  if (unpaired(added).length > 0) yield { severity: 'WARNING', what: `only \`${second}\` has port ${list(unpaired(added))}` }
  if (unpaired(missing).length > 0) yield { severity: 'WARNING', what: `only \`${first}\` has port ${list(unpaired(missing))}` }
  for (const port of other.ports) {
    const named = winner.ports.find(({ name }) => name === port.name)
    if (named !== undefined && named.number !== port.number)
      yield { severity: 'ERROR', what: `port \`${port.name}\` is ${named.number} in \`${first}\` and ${port.number} in \`${second}\`` }
    else if (named !== undefined && named.protocol !== port.protocol)
      yield { severity: 'ERROR', what: `port \`${port.name}\` is ${spoken(named)} in \`${first}\` and ${spoken(port)} in \`${second}\`` }
  }
}

const kindOf = ({ headless, type }: Service): string =>
  headless ? 'headless' : type === 'ExternalName' ? 'an ExternalName' : 'a ClusterIP'
const audienceOf = ({ exportTo = [] }: Service): string => [...exportTo].sort().join(', ')

function* differences(winner: Service, other: Service, names: readonly [string, string]): Iterable<Difference> {
  const [first, second] = names
  if (kindOf(winner) !== kindOf(other))
    yield { severity: 'ERROR', what: `it is ${kindOf(winner)} in \`${first}\` and ${kindOf(other)} in \`${second}\`` }
  else if (winner.type !== other.type)
    yield { severity: 'INFO', what: `its type is ${winner.type} in \`${first}\` and ${other.type} in \`${second}\`` }
  yield* portDifferences(winner, other, names)
  if (audienceOf(winner) !== audienceOf(other))
    yield {
      severity: 'WARNING',
      what: `it is exported to \`${audienceOf(winner) || '*'}\` in \`${first}\` and to \`${audienceOf(other) || '*'}\` in \`${second}\``,
    }
}

const effects: Readonly<Record<Severity, string>> = {
  ERROR: 'proxies take that of their control plane’s own cluster for all, and miss endpoints of the other or speak to them wrongly',
  WARNING: 'proxies take that of their control plane’s own cluster for all, and what only the other has is not there for them',
  INFO: 'which is legal, and seldom meant',
}

/** Each cluster has an installation of its own, whose Services and gateways are not one. */
const isInstallation = ({ definitions, namespace }: MeshService, { systemNamespace }: ControlPlane): boolean =>
  namespace === systemNamespace || definitions.some(({ service: { meta } }) => meta.labels['topology.istio.io/network'] !== undefined)

function breachOf({ definitions, clusterLocal }: MeshService, clusters: ReadonlyMap<string, Cluster>): Breach | undefined {
  const [winner, ...others] = definitions
  if (winner === undefined || clusterLocal) return undefined
  for (const other of others) {
    const found = [...differences(winner.service, other.service, [winner.cluster, other.cluster])].sort(
      (a, b) => rank[a.severity] - rank[b.severity],
    )
    const [gravest] = found
    const on = clusters.get(other.cluster)?.ref(other.service.meta, 'spec')
    if (gravest === undefined || on === undefined) continue
    const told = found
      .slice(0, 3)
      .map(({ what }) => what)
      .join('; ')
    const mend = gravest.severity === 'INFO' ? '' : '; write both alike'
    return { on, severity: gravest.severity, message: `the Service differs between clusters, ${told}: ${effects[gravest.severity]}${mend}` }
  }
  return undefined
}

export const servicesDiffer: Rule = {
  code: 'DIF101',
  name: 'services-differ',
  severity: 'ERROR',
  istio: ['IST0170'],
  kiali: [],
  summary: 'A Service is defined otherwise in two clusters that one control plane reads (VIS-8, VIS-9).',
  *check({ controlPlanes, clusters, view }): Iterable<Breach> {
    const told = new Set<string>()
    for (const [name, plane] of controlPlanes) {
      for (const service of view(name).services) {
        const { meta } = service.definitions[0]?.service ?? {}
        const key = `${meta?.namespace}/${meta?.name}`
        if (service.definitions.length < 2 || told.has(key) || isInstallation(service, plane)) continue
        told.add(key)
        const breach = breachOf(service, clusters)
        if (breach !== undefined) yield breach
      }
    }
  },
}
