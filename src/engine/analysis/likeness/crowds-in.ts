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
import { accountOfCaller, type CallerNames, callerNames, labelsOfCaller } from './caller-names.js'
import { callerFor } from './distinct-callers.js'
import { type Field, kindsIn, textBut } from './kind-of.js'
import { namedLabels } from './lasting-labels.js'

/** All but the fields in which callers of one crowd may differ. */
const textOfRest = textBut(new Set<Field>(['owner', 'serviceAccount', 'labels', 'containerPorts']))

const crowdOf = (snapshot: Snapshot, names: CallerNames, workload: Workload): string =>
  isPassed(workload)
    ? `${kindsIn(snapshot).callers(workload)}`
    : `${textOfRest(workload, namedLabels(snapshot))} ${labelsOfCaller(workload.labels, names)} ${accountOfCaller(workload.serviceAccount, names)}`

const textOfPlace = textBut(new Set<Field>(['owner', 'serviceAccount', 'labels', 'containerPorts', 'namespace']))

/** Where a crowd runs and what its proxies are, whichever its namespace, as far as its control plane reads that. */
export const placeOfCrowd = remembered(({ snapshot, cluster, workload, view }: Client): string => {
  const names = callerNames(snapshot)
  const own = [labelsOfCaller(workload.labels, names), accountOfCaller(workload.serviceAccount, names)]
  return [textOfPlace(workload, namedLabels(snapshot)), ...own, view?.selects(cluster.name, workload.namespace)].join(' ')
})

/** Those of a namespace, as clients that stand for the rest of their crowd. */
export const crowdsIn = remembered((snapshot: Snapshot, cluster: Cluster, namespace: string): readonly Client[] =>
  clientsFor(snapshot, cluster, crowded(snapshot, cluster.workloads(namespace))),
)

/** Any workloads of one cluster, parted into crowds. */
export function crowded(snapshot: Snapshot, workloads: readonly Workload[]): readonly (readonly Workload[])[] {
  const names = callerNames(snapshot)
  const crowds = new Map<string, Workload[]>()
  for (const workload of workloads) {
    pause()
    const crowd = crowdOf(snapshot, names, workload)
    const alike = crowds.get(crowd)
    if (alike === undefined) crowds.set(crowd, [workload])
    else alike.push(workload)
  }
  return [...crowds.values()]
}

/** A client for each of these lists of workloads that stand for one another. */
export const clientsFor = (snapshot: Snapshot, cluster: Cluster, crowds: readonly (readonly Workload[])[]): readonly Client[] =>
  crowds.flatMap(callerFor).map((one) => ({
    snapshot,
    cluster,
    ...one,
    view: one.workload.controlPlane === undefined ? undefined : snapshot.view(one.workload.controlPlane),
  }))
