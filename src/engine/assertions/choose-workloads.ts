/**
 * Whom does one side of an assertion choose?
 *
 * Patterns of clusters and namespaces, a tenant, and what stands on the workloads themselves; what is not stated narrows nothing. A name that
 * nothing has is a problem and not an empty choice: with a typo, what must not be would hold for ever.
 */
import { nearestNames } from '../istiod/matching/nearest-names.js'
import type { Problem } from '../model/app-error.js'
import { globMatcher } from '../model/glob-matcher.js'
import type { NamedValue } from '../model/question.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import { type TenantMembers, tenantMembers } from '../snapshot/tenant-members.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/** What either side may state of the workloads that it means. */
export interface Chosen {
  readonly cluster?: string | null | undefined
  readonly namespace?: string | null | undefined
  readonly workload?: string | null | undefined
  readonly serviceAccount?: string | null | undefined
  readonly labels?: Readonly<Record<string, string>> | readonly NamedValue[] | null | undefined
  readonly tenant?: string | null | undefined
}

export interface Choice {
  readonly clusters: readonly Cluster[]
  /** May anybody who stands there be meant? */
  inNamespace(cluster: Cluster, namespace: string): boolean
  /** Is this one meant? */
  means(workload: Workload): boolean
  /** Does more than the namespace decide? */
  readonly narrows: boolean
}

type Problematic = { readonly problem: Problem }

export const isPattern = (text: string): boolean => text.includes('*')

export const labelsOf = (labels: Chosen['labels']): readonly NamedValue[] =>
  Array.isArray(labels) ? (labels as readonly NamedValue[]) : Object.entries(labels ?? {}).map(([name, value]) => ({ name, value }))

const unknown = (what: string, name: string, names: Iterable<string>): Problematic => ({
  problem: {
    code: 'SOURCE_NOT_FOUND',
    message: `there is no ${what} \`${name}\``,
    details: { suggestions: nearestNames(name, [...names]) },
  },
})

export function chooseWorkloads(snapshot: Snapshot, chosen: Chosen): Choice | Problematic {
  const { cluster, tenant } = chosen
  if (cluster && !isPattern(cluster) && !snapshot.clusters.has(cluster)) return unknown('cluster', cluster, snapshot.clusters.keys())
  const ofTenant = tenant ? membersOf(snapshot, tenant) : everywhere
  if (ofTenant === undefined) {
    const tenants = snapshot.tenants.map(({ name }) => name)
    return unknown('tenant', tenant ?? '', tenants)
  }
  const inCluster = matcherOf(cluster)
  const inNamespace = matcherOf(chosen.namespace)
  const place = (where: Cluster, name: string): boolean => inNamespace(name) && ofTenant(where, name)
  const clusters = new Map([...snapshot.clusters].filter(([name]) => inCluster(name)))
  const has = attributesOf(chosen)
  return {
    clusters: [...clusters.values()],
    inNamespace: place,
    means: (workload) => {
      const where = clusters.get(workload.cluster)
      return where !== undefined && place(where, workload.namespace) && has(workload)
    },
    narrows: [cluster, tenant, chosen.workload, chosen.serviceAccount].some(Boolean) || labelsOf(chosen.labels).length > 0,
  }
}

const matcherOf = (pattern: string | null | undefined): ((name: string) => boolean) => (pattern ? globMatcher(pattern) : everybody)

/** What stands on the workload itself. */
function attributesOf({ workload, serviceAccount, labels }: Chosen): (one: Workload) => boolean {
  const isNamed = matcherOf(workload)
  const wanted = labelsOf(labels)
  return (one) =>
    (isNamed(one.owner.name) || isNamed(`${one.owner.kind}/${one.owner.name}`)) &&
    (!serviceAccount || one.serviceAccount === serviceAccount) &&
    wanted.every(({ name, value }) => one.labels[name] === value)
}

const everybody = (): boolean => true
const everywhere = (_cluster: Cluster, _namespace: string): boolean => true

/** Where a tenant's members stand; undefined: the document has no such tenant. */
function membersOf(snapshot: Snapshot, name: string): TenantMembers | undefined {
  const tenant = snapshot.tenants.find((one) => one.name === name)
  return tenant === undefined ? undefined : tenantMembers(tenant)
}
