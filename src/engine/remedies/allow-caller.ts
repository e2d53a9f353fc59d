import { mostOf } from '../most-of.js'
import { selectedPolicies } from '../analysis/authorization/selected-policies.js'
import { inboundProtocol } from '../istiod/inbound/inbound-protocol.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { ClusterResources } from '../resources/cluster-resources.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { putManifests } from '../simulate/put-manifests.js'
import { serverOf } from './servers-of.js'
import { apiVersion, freeName } from './free-name.js'
import { principalOf } from './principal-of.js'
import type { ClusterManifests, Proposal, Propose } from './proposal.js'
import { requestAsked } from './request-asked.js'
import { rulesForCaller, type WrittenRule } from './rules-for-caller.js'
import type { Allowed, Denied } from './told/denied.js'
import { tellCallers, tellCalls, tellExact } from './told/tell-calls.js'
import { tellStays } from './told/stays.js'
import { selectorOf } from './selector-of.js'
import { blamedBy, failedFor, type Situation, type FailingPath } from './situation.js'

/**
 * No ALLOW rule of the server lets the request pass: a policy of its own that does, for these callers and what they ask for only.
 *
 * ALLOW policies add up, so that the user's own one stays as it is. A DENY rule is somebody's intention and is left alone.
 * Rules AUTHZ-6, AUTHZ-10, AUTHZ-33.
 */
export const allowCaller: Propose = (situation) => {
  const { clients } = situation
  const principals = [...new Set(clients.flatMap(principalOf))]
  const places = deniedAt(situation).map((denied) => ({ denied, rules: rulesFor(situation, denied, principals) }))
  const most = mostOf([0, ...places.map(({ rules }) => rules.length)])
  if (principals.length === 0 || places.some(({ rules }) => rules.length === 0)) return []
  return Array.from({ length: most }, (_, which) =>
    allowing(
      situation.snapshot,
      places.map(({ denied, rules }) => ({ denied, rule: rules[which] ?? rules[0] ?? {} })),
      principals,
    ),
  )
}

/** Policies with many rules are refused in as many ways: each costs a trace. */
const mostRules = 3

function allowing(snapshot: Snapshot, places: readonly Allowed[], principals: readonly string[]): Proposal {
  const parts = [...new Set(places.map(({ denied }) => denied.cluster))].map((cluster): ClusterManifests => {
    const here = places.filter(({ denied }) => denied.cluster === cluster)
    return { cluster, manifests: here.map((place) => policyFor(snapshot, place, principals)) }
  })
  const summary = `allow ${tellCallers(principals)} to ${tellCalls(places)} by one more policy${tellExact(places)}; ${tellStays(places.flatMap(({ denied }) => denied.policies))}`
  const clusters = new Map(
    parts.map(({ cluster, manifests }) => [cluster, (resources: ClusterResources) => putManifests(resources, manifests)]),
  )
  return { summary, parts, change: { clusters } }
}

function rulesFor(situation: Situation, { view, server, ports }: Denied, principals: readonly string[]): readonly WrittenRule[] {
  const place = situation.snapshot.clusters.get(server.cluster)
  const isTcp = (port: string): boolean => place !== undefined && inboundProtocol(view, place, server, Number(port)) === 'TCP'
  const seesHttp = server.dataPlane !== 'AMBIENT' && !ports.some(isTcp)
  const request = requestAsked(situation, seesHttp)
  return request === undefined ? [] : rulesForCaller(selectedPolicies(view, server).allow, { ...request, principals, ports }, mostRules)
}

/** A policy that is blamed as a whole, not for a rule, has no rule that allows; what gives the caller its identity, or names a waypoint, is none. */
const wantsRule = (path: FailingPath): boolean =>
  blamedBy(path).every(({ kind, path: place }) => kind !== 'AuthorizationPolicy' || place === null)

const policyName = ({ kind, namespace, name }: ResourceRef): readonly string[] =>
  kind === 'AuthorizationPolicy' ? [`${namespace}/${name}`] : []

/** One place for each server and config cluster. */
const deniedAt = (situation: Situation): readonly Denied[] => {
  const places = new Map<string, Denied>()
  for (const path of failedFor(situation, 'DENIED').filter(wantsRule)) {
    const place = placeOf(situation, path)
    if (place === undefined) continue
    const key = `${place.cluster}/${place.server.namespace}/${place.server.owner.name}`
    const before = places.get(key) ?? { ports: [], policies: [] }
    const ports = [...new Set([...before.ports, ...place.ports])]
    places.set(key, { ...place, ports, policies: [...before.policies, ...place.policies] })
  }
  return [...places.values()]
}

const placeOf = ({ snapshot }: Situation, path: FailingPath): Denied | undefined => {
  const server = serverOf(snapshot, path)
  const view = server?.controlPlane === undefined ? undefined : snapshot.view(server.controlPlane)
  const cluster = view?.configCluster?.name
  if (server === undefined || view === undefined || cluster === undefined) return undefined
  const policies = blamedBy(path).flatMap(policyName)
  return { cluster, view, server, ports: path.port === null ? [] : [`${path.port}`], policies }
}

const policyFor = (snapshot: Snapshot, { denied: { view, server }, rule }: Allowed, principals: readonly string[]): unknown => {
  const { namespace } = server
  const selector = selectorOf(snapshot, server)
  const caller = principals.length === 1 ? (principals[0]?.split('/').at(-1) ?? '') : 'callers'
  const taken = view.configuration.authorizationPolicies.get(namespace) ?? []
  const name = freeName(`allow-${caller}-to-${server.owner.name}`, taken)
  return {
    apiVersion: apiVersion(view, 'security'),
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace },
    spec: { selector: { matchLabels: selector }, action: 'ALLOW', rules: [rule] },
  }
}
