/**
 * Which callers are asked about together, whatever they are called?
 *
 * Instances of one kind are alike in everything that counts for any call. Of a crowd only what objects name counts: whole namespaces that nothing tells
 * apart are one caller. Where a call comes to a server of the caller's own, owners count all the same (NP-14): who asks parts the crowd by them.
 */
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { isPassed, type Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from '../call/call.js'
import { accountOfCaller, type CallerNames, callerNames, type LabelNames, labelsOfCaller } from './caller-names.js'
import { callerFor } from './distinct-callers.js'
import { type Field, textBut } from './kind-of.js'
import { namedLabels } from './lasting-labels.js'

/** All but the fields in which callers of one crowd may differ. */
const textOfRest = textBut(new Set<Field>(['owner', 'serviceAccount', 'labels', 'containerPorts']))

const textOfAll = textBut(new Set())

/** Whatever its account is called. */
const crowdOf = (names: LabelNames, named: ReadonlySet<string>, workload: Workload): string =>
  isPassed(workload) ? `~ ${textOfAll(workload, named)}` : `${textOfRest(workload, named)} ${labelsOfCaller(workload.labels, names)}`

const textOfPlace = textBut(new Set<Field>(['owner', 'serviceAccount', 'labels', 'containerPorts', 'namespace']))

/** Where a crowd runs and what its proxies are, whichever its namespace, as far as its control plane reads that. */
export const placeOfCrowd = remembered(({ snapshot, cluster, workload, view }: Client): string => {
  const names = callerNames(snapshot)
  const own = [labelsOfCaller(workload.labels, names.labels), accountOfCaller(workload.serviceAccount, names)]
  return [textOfPlace(workload, namedLabels(snapshot)), ...own, view?.selects(cluster.name, workload.namespace)].join(' ')
})

/** Those of a namespace, as clients that stand for the rest of their crowd. */
export const crowdsIn = remembered((snapshot: Snapshot, cluster: Cluster, namespace: string): readonly Client[] => {
  const names = callerNames(snapshot)
  return clientsFor(snapshot, cluster, united(names, byAccount(names.labels, namedLabels(snapshot), cluster.workloads(namespace))))
})

/** Any workloads of one cluster, parted into crowds. */
export function crowded(snapshot: Snapshot, workloads: readonly Workload[]): readonly (readonly Workload[])[] {
  const names = callerNames(snapshot)
  return united(names, partBy(names.labels, namedLabels(snapshot), workloads))
}

/** Those of a crowd who have one account. */
interface OfAccount {
  readonly crowd: string
  readonly account: string
  readonly workloads: Workload[]
  /** Where each stands in the list that was parted. */
  readonly positions: number[]
}

/** Versions that name the same labels have the same. */
const byAccount = remembered((names: LabelNames, named: ReadonlySet<string>, workloads: readonly Workload[]) =>
  partBy(names, named, workloads),
)

function partBy(names: LabelNames, named: ReadonlySet<string>, workloads: readonly Workload[]): readonly OfAccount[] {
  const parts = new Map<string, OfAccount>()
  for (const [position, workload] of workloads.entries()) {
    pause()
    const crowd = crowdOf(names, named, workload)
    const account = isPassed(workload) ? '' : workload.serviceAccount
    const key = `${account}\n${crowd}`
    let part = parts.get(key)
    if (part === undefined) parts.set(key, (part = { crowd, account, workloads: [], positions: [] }))
    part.workloads.push(workload)
    part.positions.push(position)
  }
  return [...parts.values()]
}

/** Accounts that policies name alike are one crowd, in the order in which its members came. */
function united(names: CallerNames, parts: readonly OfAccount[]): readonly (readonly Workload[])[] {
  const crowds = new Map<string, OfAccount[]>()
  for (const part of parts) {
    pause()
    const key = `${part.crowd} ${accountOfCaller(part.account, names)}`
    const known = crowds.get(key)
    if (known === undefined) crowds.set(key, [part])
    else known.push(part)
  }
  return [...crowds.values()].map(inOrder)
}

function inOrder(parts: readonly OfAccount[]): readonly Workload[] {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only.workloads
  const all = parts.flatMap(({ workloads, positions }) =>
    workloads.map((workload, index) => ({ workload, position: positions[index] ?? 0 })),
  )
  return all.toSorted((a, b) => a.position - b.position).map(({ workload }) => workload)
}

/** A client for each of these lists of workloads that stand for one another. */
export const clientsFor = (snapshot: Snapshot, cluster: Cluster, crowds: readonly (readonly Workload[])[]): readonly Client[] =>
  crowds.flatMap(callerFor).map((one) => ({
    snapshot,
    cluster,
    ...one,
    view: one.workload.controlPlane === undefined ? undefined : snapshot.view(one.workload.controlPlane),
  }))
