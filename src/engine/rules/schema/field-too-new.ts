import type { Cluster, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Originals } from '../originals.js'
import type { Breach, Rule } from '../rule.js'
import { faultsOf, faultyObjects } from './faulty-objects.js'
import { isSecurityKind } from './security-kinds.js'

/** A field or a kind that came with a later release than a control plane that reads the object from its cluster. */
export const fieldTooNew: Rule = {
  code: 'SCH108',
  name: 'field-too-new',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A field or a kind is known from a later release on than that of the control plane that reads it.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) yield* newKinds(snapshot, originals, cluster)
    for (const { cluster, original, checked, fault } of faultsOf(snapshot, originals, 'NEWER_FIELD')) {
      const { since = 0 } = fault
      const older = olderThan(snapshot, cluster, since)
      if (older === undefined || olderThan(snapshot, cluster, checked.kind.since ?? 0) !== undefined) continue
      yield {
        on: cluster.ref(original, fault.path),
        severity: isSecurityKind(original) ? 'ERROR' : 'WARNING',
        message: `\`${fault.path}\` is known from Istio 1.${since} on, and control plane \`${older.name}\` is ${older.version.text}: its release drops the field, and the ${original.kind} works without it`,
      }
    }
  },
}

function* newKinds(snapshot: Snapshot, originals: Originals | undefined, cluster: Cluster): Iterable<Breach> {
  if (originals === undefined) return
  for (const { original, checked } of faultyObjects(originals, cluster.name)) {
    const { since } = checked.kind
    const older = since === undefined ? undefined : olderThan(snapshot, cluster, since)
    if (older === undefined) continue
    yield {
      on: cluster.ref(original),
      severity: 'WARNING',
      message: `${original.kind} is a kind of Istio 1.${since} and later, and control plane \`${older.name}\` is ${older.version.text}: it does not read it`,
    }
  }
}

/** A control plane that takes its configuration from the cluster and is older than the minor release; what nobody states counts as the newest. */
const olderThan = (snapshot: Snapshot, cluster: Cluster, since: number): ControlPlane | undefined =>
  [...snapshot.controlPlanes.values()].find(
    ({ configCluster, version: { parsed, assumed } }) =>
      configCluster === cluster.name && !assumed && (parsed[0] < 1 || (parsed[0] === 1 && parsed[1] < since)),
  )
