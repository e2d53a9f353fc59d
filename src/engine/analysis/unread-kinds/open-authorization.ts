import { flatMap } from '../../flat-map.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { selectedPolicies } from '../authorization/selected-policies.js'
import type { CallAttributes, ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { RouteTarget, Transported, Trusted } from '../call/stage-values.js'
import { type Asked, findMissing, hasUnread } from './asked.js'
import { leaveOpen } from './leave-open.js'

type AtAuthorization = readonly Asked<'AUTHORIZATION'>[]

/** Policies of the server, and of a call that nothing stops whatever changes its proxies in ways that nobody follows. */
export const openAuthorization = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  transported: Transported,
  outcome: Outcome<Trusted>,
): Outcome<Trusted> => {
  const { snapshot } = call.client
  if (!hasUnread(snapshot)) return outcome
  const { server } = transported.path
  const enforced = transported.serverProxied && server?.controlPlane !== undefined
  const policies = enforced && server !== undefined ? ofServer(call, snapshot.view(server.controlPlane ?? ''), server, outcome) : []
  return leaveOpen(outcome, findMissing([...policies, ...(outcome.passed ? ofProxies(call, transported) : [])]))
}

/** Of the root namespace and of the proxy's own. */
const near = ({ controlPlane }: ControlPlaneView, { namespace }: Workload): readonly string[] => [
  controlPlane.meshConfig.rootNamespace,
  namespace,
]

/** What one more policy could do: stop what passes, let through what no ALLOW takes, and accept a token; a DENY holds whatever comes (AUTHZ-6). */
function ofServer(call: ResolvedCall, view: ControlPlaneView, server: Workload, outcome: Outcome<Trusted>): AtAuthorization {
  const cluster = view.configCluster
  const namespaces = near(view, server)
  const isAllowed = outcome.passed || lacksAllow(view, server, outcome)
  const isTokenAsked = outcome.passed ? mayCarryToken(call.attributes) : outcome.step.reason === 'TOKEN_REFUSED' || isAllowed
  return [
    ...(isAllowed ? [{ cluster, kinds: ['authorizationPolicies'] as const, namespaces }] : []),
    ...(isTokenAsked ? [{ cluster, kinds: ['requestAuthentications'] as const, namespaces }] : []),
  ]
}

/** Is it refused only because none of the ALLOW policies takes it? */
function lacksAllow(view: ControlPlaneView, server: Workload, { step }: Outcome<Trusted>): boolean {
  const allow = new Set(selectedPolicies(view, server).allow.map(({ meta }) => `${meta.namespace}/${meta.name}`))
  const blamed = step.because.filter(({ kind }) => kind === 'AuthorizationPolicy')
  return step.reason === 'DENIED' && blamed.every(({ namespace, name }) => allow.has(`${namespace}/${name}`))
}

/** Only a token that is there can be refused (AUTHZ-21). */
const mayCarryToken = ({ headers, path = '' }: CallAttributes): boolean => Object.keys(headers).length > 0 || path.includes('?')

/** EnvoyFilters and extensions of each proxy on the way. Rules EXT-1, EXT-7. */
function ofProxies({ client }: ResolvedCall, { path, serverProxied }: Transported): AtAuthorization {
  const { workload, snapshot } = client
  const proxies = flatMap([workload, path.passage?.proxy, serverProxied ? path.server : undefined], (proxy) => {
    const own = proxy?.controlPlane === undefined ? undefined : snapshot.view(proxy.controlPlane)
    const isChanged = proxy?.dataPlane === 'SIDECAR' || proxy?.dataPlane === 'GATEWAY'
    return proxy === undefined || own === undefined || !isChanged ? [] : [{ proxy, own }]
  })
  return proxies.map(({ proxy, own }) => ({
    cluster: own.configCluster,
    kinds: ['envoyFilters', 'extensions'] as const,
    namespaces: near(own, proxy),
  }))
}
