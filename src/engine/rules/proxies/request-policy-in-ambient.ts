/**
 * Is a policy about requests meant for pods in ambient mode, where only a waypoint looks at requests?
 *
 * ztunnel knows connections: of an ALLOW it leaves out every rule with a condition on requests, so that others are refused; of a DENY the conditions,
 * so that nothing is refused. Tokens, extensions and Telemetry do nothing there. Waypoints heed policies that name them, or a Service, by `targetRefs`, and no
 * others. Rules AUTHZ-4, AUTHZ-40, AMB-38, AMB-52.
 */
import type { AuthorizationPolicy, PolicyRule } from '../../resources/istio/authorization-policy.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { labelsInclude } from '../../snapshot/label-selector.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { namedIn } from '../../snapshot/named-waypoint.js'

interface Policy {
  readonly meta: Meta
  readonly selector?: Labels
  readonly targetRefs: readonly unknown[]
}

/** Conditions that connections can be judged by. */
const ofConnections = new Set(['source.ip', 'source.namespace', 'source.principal', 'destination.ip', 'destination.port'])

const some = (...lists: readonly (readonly string[])[]): boolean => lists.some((list) => list.length > 0)

/** Does the rule look at requests? */
const looksAtRequests = ({ from, to, when }: PolicyRule): boolean =>
  from.some((one) => some(one.requestPrincipals, one.notRequestPrincipals, one.remoteIpBlocks, one.notRemoteIpBlocks)) ||
  to.some((one) => some(one.hosts, one.notHosts, one.methods, one.notMethods, one.paths, one.notPaths)) ||
  when.some(({ key }) => !ofConnections.has(key))

function effectOf({ action, rules }: AuthorizationPolicy): string | undefined {
  if (action !== 'ALLOW' && action !== 'DENY') return undefined
  if (!rules.some(looksAtRequests)) return undefined
  if (action === 'DENY') return 'ztunnel leaves its conditions on requests out, and refuses nothing by what is left without any'
  return rules.every(looksAtRequests)
    ? 'ztunnel leaves out rules with conditions on requests, which are all of this ALLOW, so that everything is refused'
    : 'ztunnel leaves out rules with conditions on requests, so that what they allow is refused'
}

/** Whom it is for, in ambient mode and otherwise; policies of the root namespace are for too many to be told of. */
function dataPlanes(views: readonly ControlPlaneView[], { meta, selector }: Policy): ReadonlySet<string> {
  const clusters = [...new Set(views.flatMap((view) => view.clusters))]
  const isRoot = views.some(({ controlPlane }) => controlPlane.meshConfig.rootNamespace === meta.namespace)
  if (isRoot) return new Set()
  return new Set(
    clusters.flatMap((cluster) =>
      cluster
        .workloads(meta.namespace)
        .filter(({ labels }) => selector === undefined || labelsInclude(labels, selector))
        .map(({ dataPlane }) => dataPlane),
    ),
  )
}

const usesWaypoint = (views: readonly ControlPlaneView[], { namespace }: Meta): boolean =>
  views.some((view) =>
    view.clusters.some(({ resources }) => {
      const ofNamespace = namedIn(resources.namespaces.get(namespace)?.meta.labels, namespace)
      const ofServices = (resources.services.get(namespace) ?? []).map(({ meta }) => namedIn(meta.labels, namespace))
      return [ofNamespace, ...ofServices].some((named) => named !== undefined && named !== 'NONE')
    }),
  )

interface Codes {
  readonly without: readonly string[]
  readonly unnamed: readonly string[]
}

const codes: Readonly<Record<'authorizationPolicies' | 'requestAuthentications' | 'extensions' | 'telemetries', Codes>> = {
  authorizationPolicies: { without: ['KIA0109', 'KIA1317'], unnamed: ['KIA0110'] },
  requestAuthentications: { without: ['KIA1110'], unnamed: ['KIA1115'] },
  extensions: { without: ['KIA1111'], unnamed: ['KIA1116'] },
  telemetries: { without: ['KIA1112'], unnamed: ['KIA1117'] },
}

function tell({ object, views }: ReadObject<Policy>, effect: string, { without, unnamed }: Codes): Breach | undefined {
  if (object.targetRefs.length > 0) return undefined
  const planes = dataPlanes(views, object)
  if (!planes.has('AMBIENT') || planes.has('SIDECAR') || planes.has('GATEWAY')) return undefined
  const bound = usesWaypoint(views, object.meta)
  const mend = bound
    ? 'name the Service by `targetRefs`, so that its waypoint heeds it'
    : 'give the namespace a waypoint (`istio.io/use-waypoint`), and name the Service by `targetRefs`'
  const on = views[0].ref(object.meta, 'spec')
  return { on, message: `the pods that this is for are in ambient mode: ${effect}; ${mend}`, kiali: bound ? unnamed : without }
}

function* judge(snapshot: Snapshot): Iterable<Breach | undefined> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const read of objectsOf(configuration, 'authorizationPolicies')) {
      const effect = effectOf(read.object)
      if (effect !== undefined) yield tell(read, effect, codes.authorizationPolicies)
    }
    for (const read of objectsOf(configuration, 'requestAuthentications'))
      yield tell(read, 'ztunnel reads no tokens, so that none is checked', codes.requestAuthentications)
    for (const read of objectsOf(configuration, 'extensions'))
      if (read.object.hasCode) yield tell(read, 'ztunnel runs no extensions, so that this does nothing', codes.extensions)
    for (const read of objectsOf(configuration, 'telemetries'))
      if (read.object.entries.length > 0)
        yield tell(read, 'ztunnel reports in its own way and reads no Telemetry, so that this changes nothing', codes.telemetries)
  }
}

export const requestPolicyInAmbient: Rule = {
  code: 'PRX114',
  name: 'request-policy-in-ambient',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA0109', 'KIA0110', 'KIA1110', 'KIA1111', 'KIA1112', 'KIA1115', 'KIA1116', 'KIA1117', 'KIA1317'],
  summary: 'A policy about requests is for pods in ambient mode, and no waypoint heeds it (AUTHZ-40, AMB-52).',
  *check(snapshot): Iterable<Breach> {
    for (const breach of judge(snapshot)) if (breach !== undefined) yield breach
  },
}
