/**
 * What is in force for a workload, port by port, and what is not though it is there?
 *
 * As its own control plane sees it: what stands in another primary's cluster says nothing here. One instance of each kind of an owner is told of.
 */
import { kindsIn } from '../../analysis/likeness/kind-of.js'
import { type Problem, isProblem } from '../../model/app-error.js'
import type { EffectivePolicy, PolicyRow } from '../../model/groups/effective-policy.js'
import type { EffectivePolicyQuestion } from '../../model/groups/group-question.js'
import { pause } from '../../pause.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { pageFrom } from '../page-from.js'
import { workloadsMeant } from '../workloads-meant.js'
import { portsOfWorkload } from '../ports-of-workload.js'
import { unitsIn } from '../unit.js'
import { authorizationAt } from './authorization-at.js'
import { destinationRulesFor } from './destination-rules-for.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { extensionsOf } from './extensions-of.js'
import { mutualTlsAt } from './mutual-tls-at.js'
import { networkPoliciesOf } from './network-policies-of.js'
import { routesFor } from './routes-for.js'
import { sidecarsOf } from './sidecars-of.js'
import { tokensOf } from './tokens-of.js'
import type { Said } from './said.js'

/** What of it is told. */
type Tell = (row: PolicyRow) => PolicyRow

const whole: Tell = (row) => row

export function answerEffectivePolicy(
  snapshot: Snapshot,
  question: EffectivePolicyQuestion,
  tell = whole,
): EffectivePolicy | { readonly problem: Problem } {
  const workloads = workloadsMeant(snapshot, question.of)
  if (isProblem(workloads)) return workloads
  const rows = oneOfEach(snapshot, workloads).flatMap((workload) => rowsOf(snapshot, workload))
  const wanted = question.port ? rows.filter(({ port }) => port === null || port === question.port) : rows
  const { items, page } = pageFrom(distinct(wanted.map(tell)), question)
  return { rows: items, page }
}

const distinct = (rows: readonly PolicyRow[]): readonly PolicyRow[] => [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]

/** Instances of a kind have the same in force. */
function oneOfEach(snapshot: Snapshot, workloads: readonly Workload[]): readonly Workload[] {
  const kindOf = kindsIn(snapshot).servers
  const unitOf = unitsIn(snapshot)
  const kinds = new Map<string, Workload>()
  for (const workload of workloads) {
    pause()
    const key = `${unitOf(workload).key} ${kindOf(workload)}`
    if (!kinds.has(key)) kinds.set(key, workload)
  }
  return [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, workload]) => workload)
}

function rowsOf(snapshot: Snapshot, workload: Workload): readonly PolicyRow[] {
  pause()
  const cluster = snapshot.clusters.get(workload.cluster)
  if (cluster === undefined) return []
  const view = workload.controlPlane === undefined ? undefined : snapshot.view(workload.controlPlane)
  const name = `${workload.cluster}/${workload.namespace}/${workload.owner.name}`
  const about = (said: readonly Said[], port: number | null, host: string | null = null): readonly PolicyRow[] =>
    said.map((one) => ({ workload: name, port, host, ...one }))
  const atPorts = portsOfWorkload(cluster, workload).flatMap((port) => about(atPort(view, workload, port), port))
  const whatever = [
    ...networkPoliciesOf(cluster, workload),
    ...(view === undefined ? [] : [...tokensOf(view, workload), ...extensionsOf(view, workload), ...sidecarsOf(view, workload)]),
  ]
  return [
    ...atPorts,
    ...about(whatever, null),
    ...ofServices(snapshot, view, cluster, workload).flatMap(({ host, port, said }) => about(said, port, host)),
  ]
}

const atPort = (view: ControlPlaneView | undefined, workload: Workload, port: number): readonly Said[] =>
  view === undefined ? [withoutProxy] : [...mutualTlsAt(view, workload, port), ...authorizationAt(view, workload, port)]

const withoutProxy: Said = {
  concern: 'AUTHORIZATION',
  state: 'IN_FORCE',
  message: 'everybody may call, as no proxy of the mesh stands in front of it',
  resource: null,
  by: null,
}

interface OfService {
  readonly host: string
  readonly port: number
  readonly said: readonly Said[]
}

/** Callers without a known control plane beside this one's are taken to have the same. */
function ofServices(snapshot: Snapshot, own: ControlPlaneView | undefined, cluster: Cluster, workload: Workload): readonly OfService[] {
  const [first] = cluster.managedBy
  const view = own ?? (first === undefined ? undefined : snapshot.view(first))
  if (view === undefined) return []
  return servicesSelecting(cluster, workload).flatMap(({ meta, ports }) => {
    const [service] = view
      .servicesByHost(`${meta.name}.${meta.namespace}.svc.${domainSuffix(view)}`)
      .filter(({ definitions }) => definitions.some((one) => one.service.meta.name === meta.name))
    if (service === undefined) return []
    const said = [...routesFor(view, service), ...destinationRulesFor(view, service)]
    return ports.flatMap((port) => {
      const target = targetPortOf(port, workload)
      return target === undefined ? [] : [{ host: service.hostname, port: target, said }]
    })
  })
}
