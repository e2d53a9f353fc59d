/**
 * Are the definitions of the Gateway API that a cluster has recent enough for its control plane?
 *
 * A kind of an older bundle is not read at all. What the bundle is stands in an annotation of each definition. Rule GWAPI-4.
 */
import { mostOf } from '../../most-of.js'
import { pausing } from '../../pause.js'
import type { Raw } from '../../resources/reading.js'
import type { Severity } from '../../model/report.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { type Bundle, bundleAnnotation, bundleOf } from './bundle-of.js'
import { isGatewayDefinition } from './is-gateway-definition.js'

/** By the definition's name: the bundle that it needs, and the minor release of Istio since which it does. */
const needed: Readonly<Record<string, { readonly bundle: Bundle; readonly since: number }>> = {
  'grpcroutes.gateway.networking.k8s.io': { bundle: [1, 1], since: 0 },
  'backendtlspolicies.gateway.networking.k8s.io': { bundle: [1, 4], since: 28 },
  'tlsroutes.gateway.networking.k8s.io': { bundle: [1, 5], since: 30 },
  'tcproutes.gateway.networking.k8s.io': { bundle: [1, 6], since: 31 },
}

/** What every kind needs: below the first nothing is served of it in a version that Istio reads, below the second not for long. */
const beta: Bundle = [0, 5]
const stable: Bundle = [1, 0]
const everyKind = new Set([
  'gateways.gateway.networking.k8s.io',
  'gatewayclasses.gateway.networking.k8s.io',
  'httproutes.gateway.networking.k8s.io',
])

const isBelow = ([major, minor]: Bundle, [wantedMajor, wantedMinor]: Bundle): boolean =>
  major < wantedMajor || (major === wantedMajor && minor < wantedMinor)

/** The newest release that manages the cluster: what it needs, the others need no more than. */
const releaseOf = ({ controlPlanes }: Snapshot, { managedBy }: Cluster): number =>
  mostOf([...managedBy.map((name) => controlPlanes.get(name)?.version.parsed[1] ?? 0), 0])

interface Fault {
  readonly istio: readonly string[]
  readonly severity: Severity
  readonly message: string
}

function faultOf(name: string, object: Raw, release: number): Fault | undefined {
  const { text, bundle } = bundleOf(object)
  const own = Object.hasOwn(needed, name) ? needed[name] : undefined
  if (own !== undefined && release >= own.since && (bundle === undefined || isBelow(bundle, own.bundle))) {
    const has = text === '' ? 'says nothing of its bundle' : `is of bundle \`${text}\``
    const message = `the definition ${has}, and Istio 1.${release} reads objects of this kind from bundle \`v${own.bundle.join('.')}.0\` on: those that are there are not read; install a newer Gateway API`
    return { istio: ['IST0176'], severity: 'WARNING', message }
  }
  if (!everyKind.has(name) || bundle === undefined) return undefined
  if (isBelow(bundle, beta))
    return { istio: ['IST0156'], severity: 'ERROR', message: `Istio reads no objects of bundle \`${text}\`: install \`v1.0.0\` or newer` }
  if (!isBelow(bundle, stable)) return undefined
  return {
    istio: ['IST0172'],
    severity: 'INFO',
    message: `bundle \`${text}\` is older than \`v1.0.0\`, which later releases of Istio need`,
  }
}

/** Definitions of the Gateway API that are too old. */
export const gatewayApiTooOld: Rule = {
  code: 'EXT112',
  name: 'gateway-api-too-old',
  severity: 'ERROR',
  istio: ['IST0156', 'IST0172', 'IST0176'],
  kiali: [],
  summary: 'A definition of the Gateway API is of a bundle that the control plane does not read, or soon will not (GWAPI-4).',
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const [clusterName, list] of originals?.of ?? []) {
      const cluster = snapshot.clusters.get(clusterName)
      if (cluster === undefined || cluster.managedBy.length === 0) continue
      for (const original of pausing(list)) {
        if (original.object === undefined || !isGatewayDefinition(original.object)) continue
        const fault = faultOf(original.name, original.object, releaseOf(snapshot, cluster))
        if (fault !== undefined) yield { on: cluster.ref(original, `metadata.annotations['${bundleAnnotation}']`), ...fault }
      }
    }
  },
}
