/**
 * Who is held to an assertion on the called side: the host that it names, or every Service, port by port, that leads to one of those chosen.
 *
 * Of a host's servers only those chosen count: that those in one cluster are reached says nothing of the others.
 */
import type { Problem } from '../model/app-error.js'
import type { DestinationInput } from '../model/question.js'
import type { AssertionServers } from '../model/topology/assertion-side.js'
import type { Service } from '../resources/kubernetes/service.js'
import { labelsInclude } from '../snapshot/label-selector.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { type Choice, chooseWorkloads } from './choose-workloads.js'

export interface Called {
  /** What is called, by a caller of this domain. */
  to(domain: string | undefined): DestinationInput
  /** `namespace/name` of a Service that was chosen; undefined: a stated host. */
  readonly service: string | undefined
}

export interface Servers {
  readonly called: readonly Called[]
  /** Is this one of those meant? Undefined: every server is. */
  readonly means: ((workload: Workload) => boolean) | undefined
  /** Those meant, whatever leads to them. */
  workloads(): readonly Workload[]
}

export function selectServers(snapshot: Snapshot, side: AssertionServers): Servers | { readonly problem: Problem } {
  const { host, port, protocol, method, path, headers, ...chosen } = side === '*' ? {} : side
  const choice = chooseWorkloads(snapshot, chosen)
  if ('problem' in choice) return choice
  const request = { ...given({ protocol, method, path, headers }) }
  const workloads = (): readonly Workload[] => meantBy(choice)
  if (host !== undefined) {
    const to: DestinationInput = { host, ...(port ? { port } : {}), ...request }
    const narrowed = choice.narrows || Boolean(chosen.namespace)
    return { called: [{ to: () => to, service: undefined }], means: narrowed ? choice.means : undefined, workloads }
  }
  const found = servicesOf(choice).flatMap(({ name, domain, ports }) =>
    (port ? ports.filter((one) => one === port) : ports).map((number) => ({
      service: name,
      to: (own: string | undefined): DestinationInput => ({ host: hostOf(name, own ?? domain), port: number, ...request }),
    })),
  )
  return { called: found, means: choice.narrows ? choice.means : undefined, workloads }
}

const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as Partial<T>

const hostOf = (name: string, domain: string): string => {
  const [namespace = '', service = ''] = name.split('/')
  return `${service}.${namespace}.svc.${domain}`
}

const meantBy = (choice: Choice): readonly Workload[] =>
  choice.clusters.flatMap((cluster) =>
    cluster.namespaceNames
      .filter((namespace) => choice.inNamespace(cluster, namespace))
      .flatMap((namespace) => cluster.workloads(namespace).filter(choice.means)),
  )

interface Found {
  readonly name: string
  readonly domain: string
  readonly ports: readonly number[]
}

/** One a namespace and name, as control planes know them (MODEL-16), with the ports of all. */
function servicesOf(choice: Choice): readonly Found[] {
  const found = new Map<string, { readonly domain: string; readonly ports: Set<number> }>()
  for (const cluster of choice.clusters) {
    for (const [namespace, services] of cluster.resources.services) {
      if (!choice.inNamespace(cluster, namespace)) continue
      for (const service of services.filter((one) => leadsTo(choice, cluster, one))) {
        const name = `${namespace}/${service.meta.name}`
        const { ports } = found.get(name) ?? { ports: new Set<number>() }
        for (const { number, protocol } of service.ports) if (protocol !== 'UDP') ports.add(number)
        found.set(name, { domain: found.get(name)?.domain ?? cluster.clusterDomain, ports })
      }
    }
  }
  return [...found].map(([name, { domain, ports }]) => ({ name, domain, ports: [...ports] }))
}

/** Does it lead to one of those chosen? One without selector may lead anywhere: it counts where its namespace alone decides. */
function leadsTo(choice: Choice, cluster: Cluster, { type, selector, meta }: Service): boolean {
  if (type === 'ExternalName') return false
  if (selector === undefined) return !choice.narrows
  const behind = cluster.workloads(meta.namespace).filter(({ labels }) => labelsInclude(labels, selector))
  return choice.narrows ? behind.some(choice.means) : true
}
