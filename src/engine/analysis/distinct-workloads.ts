import type { Workload } from '../snapshot/workload.js'

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

/** Instances of one owner that are equal for the analysis count once; one that is ready stands for the rest. */
export const distinctWorkloads = (workloads: readonly Workload[]): readonly Workload[] => {
  const byKey = new Map<string, Workload>()
  const known = new Map<string, string>()
  for (const workload of workloads) {
    const described = describeKind(workload)
    const kind = known.get(described) ?? described
    known.set(kind, kind)
    const key = `${kind} ${placeOf(workload)}`
    const chosen = byKey.get(key)
    if (chosen !== undefined && (chosen.ready || !workload.ready)) continue
    byKey.set(key, workload)
    kinds.set(workload, kind)
  }
  return [...byKey.values()]
}
