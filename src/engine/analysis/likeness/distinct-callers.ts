import type { Workload } from '../../snapshot/workloads/workload.js'

const volatile = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
])

const labelsKey = (workload: Workload): string =>
  JSON.stringify(
    Object.entries(workload.labels)
      .filter(([name]) => !volatile.has(name))
      .sort(),
  )

const describeKind = (workload: Workload): string =>
  JSON.stringify([
    workload.cluster,
    workload.namespace,
    workload.owner.kind,
    workload.owner.name,
    labelsKey(workload),
    workload.serviceAccount,
    workload.dataPlane,
    workload.controlPlane,
    workload.proxyNetwork,
    workload.networkLabel,
    workload.requestedNetworks,
    workload.tlsMode,
    workload.dnsCapture,
  ])

const kinds = new WeakMap<Workload, string>()

/** Everything of a client that an answer may depend on, but neither which instance it is nor where it stands. */
export const kindOfWorkload = (workload: Workload): string => kinds.get(workload) ?? describeKind(workload)

const placeOf = ({ locality: { region, zone, subzone } }: Workload): string => `${region}/${zone}/${subzone}`

/** An instance that stands for others, and the addresses of all instances of its kind, wherever they are. */
export interface DistinctWorkload {
  readonly workload: Workload
  readonly addresses: readonly string[]
}

/** Instances of one owner that are equal for the analysis count once for each place; one that is ready stands for the rest. */
export const distinctWorkloads = (workloads: readonly Workload[]): readonly DistinctWorkload[] => {
  const byKey = new Map<string, DistinctWorkload>()
  const known = new Map<string, { readonly kind: string; readonly addresses: string[] }>()
  for (const workload of workloads) {
    const described = describeKind(workload)
    const { kind, addresses } = known.get(described) ?? { kind: described, addresses: [] }
    known.set(kind, { kind, addresses })
    addresses.push(...workload.ips)
    const key = `${kind} ${placeOf(workload)}`
    const chosen = byKey.get(key)?.workload
    if (chosen !== undefined && (chosen.ready || !workload.ready)) continue
    byKey.set(key, { workload, addresses })
    kinds.set(workload, kind)
  }
  return [...byKey.values()]
}
