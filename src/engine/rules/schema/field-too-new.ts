/**
 * Which fields and kinds came with a later release than the one that reads them?
 *
 * Of Istio's kinds that is the control plane's, of the Gateway API's what the definition of the kind in the cluster says it is of. Where nobody says, a
 * release counts as the newest; of Kubernetes' own kinds no object says what an API server has.
 */
import { pausing } from '../../pause.js'
import type { Cluster, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Original, Originals } from '../originals.js'
import type { Breach, Rule } from '../rule.js'
import { bundleIn, isOfGatewayApi } from './bundle-in.js'
import { faultsOf, faultyObjects, type PlacedFault } from './faulty-objects.js'
import { isSecurityKind } from './security-kinds.js'

/** A field or a kind that came with a later release than a control plane that reads the object from its cluster. */
export const fieldTooNew: Rule = {
  code: 'SCH108',
  name: 'field-too-new',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A field or a kind is known from a later release on than that of the control plane, or the definition, that reads it.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    if (originals === undefined) return
    for (const cluster of snapshot.clusters.values()) yield* newKinds(snapshot, originals, cluster)
    let told: { readonly original: Original; readonly path: string } | undefined
    for (const placed of faultsOf(snapshot, originals, 'NEWER_FIELD')) {
      const { cluster, original, fault } = placed
      // What is in a field that is too new is as new.
      if (told?.original === original && fault.path.startsWith(told.path)) continue
      const message = isOfGatewayApi(original) ? newToDefinition(originals, placed) : newToIstio(snapshot, placed)
      if (message === undefined) continue
      told = { original, path: fault.path }
      yield { on: cluster.ref(original, fault.path), severity: isSecurityKind(original) ? 'ERROR' : 'WARNING', message }
    }
  },
}

function newToIstio(snapshot: Snapshot, { cluster, original, checked, fault: { since = 0, path } }: PlacedFault): string | undefined {
  const older = olderThan(snapshot, cluster, since)
  if (older === undefined || olderThan(snapshot, cluster, checked.kind.since ?? 0) !== undefined) return undefined
  return `\`${path}\` is known from Istio 1.${since} on, and control plane \`${older.name}\` is ${older.version.text}: its release drops the field, and the ${original.kind} works without it`
}

function newToDefinition(originals: Originals, { cluster, original, fault: { since = 0, path } }: PlacedFault): string | undefined {
  const { text, bundle } = bundleIn(originals, cluster.name, original.kind)
  if (bundle === undefined || bundle[0] > 1 || (bundle[0] === 1 && bundle[1] >= since)) return undefined
  return `\`${path}\` is known from the Gateway API 1.${since} on, and the definition of this kind in cluster \`${cluster.name}\` is of \`${text}\`: its API server drops the field, and the ${original.kind} works without it`
}

function* newKinds(snapshot: Snapshot, originals: Originals, cluster: Cluster): Iterable<Breach> {
  for (const { original, checked } of pausing(faultyObjects(originals, cluster.name))) {
    const { since } = checked.kind
    const older = since === undefined || isOfGatewayApi(original) ? undefined : olderThan(snapshot, cluster, since)
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
