/**
 * A tunnel within a tunnel: do the client and the gateway between the networks take each other's certificates, and whom does the client expect at the end
 * of the inner one?
 *
 * The outer one is expected to have the account of the Gateway; the inner one any account of the service's workloads on other networks, or, where a waypoint
 * there was chosen, of that waypoint. All in the trust domain of the client's own control plane. Rules AMB-65, AMB-68.
 */
import { seenByZtunnels } from '../../istiod/ambient/seen-by-ztunnels.js'
import { waypointService } from '../../istiod/ambient/waypoint-service.js'
import { endpointsOf } from '../../istiod/endpoints/endpoints-of.js'
import { remembered } from '../../remembered.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { spiffeId } from '../../snapshot/workloads/spiffe-id.js'
import type { NetworkPath, RouteTarget } from '../call/stage-values.js'
import { authorityFor, identityOf } from './authority.js'
import { judgeChain } from './judge-chain.js'
import type { Judgement } from './judgement.js'
import { type Expected, judgeTunnel, tunnelEnd, type TunnelEnd } from './judge-tunnel.js'

/** Nothing without such a tunnel; or what is not known. */
export function judgeOuterTunnel(client: TunnelEnd, passage: NetworkPath['passage'], at: number): readonly Judgement[] | string {
  const tunnel = passage?.gateway.tunnel
  const proxy = passage?.proxy
  if (tunnel === undefined || proxy === undefined) return []
  const { snapshot, controlPlane } = client.authority
  const authority = authorityFor(snapshot, proxy)
  if (authority === undefined)
    return `which control plane issues the certificate of \`${proxy.name}\` in cluster \`${proxy.cluster}\` is unknown`
  const { trustDomain } = controlPlane.meshConfig
  const { namespace, name, serviceAccount } = tunnel
  const expected: Expected = {
    names: new Set([spiffeId({ trustDomain, namespace, serviceAccount })]),
    whose: `Gateway \`${namespace}/${name}\` says of the gateway between the networks`,
  }
  const gateway = tunnelEnd(authority, proxy, identityOf(authority, proxy))
  return [
    judgeChain(client.authority, authority, at),
    judgeChain(authority, client.authority, at),
    ...judgeTunnel(client, gateway, undefined, expected),
  ]
}

/** Undefined without such a tunnel: then the very server is known. */
export function expectedBehind(
  { authority, dataPlane }: TunnelEnd,
  passage: NetworkPath['passage'],
  target: RouteTarget | undefined,
): Expected | undefined {
  if (passage?.gateway.tunnel === undefined || target === undefined || dataPlane !== 'AMBIENT') return undefined
  const view = authority.snapshot.view(authority.controlPlane.name)
  const service = target.waypoint === undefined ? target.service : waypointService(view, target.waypoint)
  const names = service === undefined ? noNames : accountsElsewhere(view, service)
  return { names, whose: `the workloads of \`${(service ?? target.service).hostname}\` on other networks have` }
}

const noNames: ReadonlySet<string> = new Set()

const accountsElsewhere = remembered((view: ControlPlaneView, service: MeshService): ReadonlySet<string> => {
  const { trustDomain } = view.controlPlane.meshConfig
  const away = service.ports
    .flatMap((port) => endpointsOf(view, service, port))
    .filter((endpoint) => seenByZtunnels(view, service, endpoint) === 'BEHIND_GATEWAY')
  const names = away.map(({ namespace, serviceAccount }) =>
    spiffeId({ trustDomain, namespace, serviceAccount: serviceAccount === '' ? 'default' : serviceAccount }),
  )
  return new Set([...names, ...service.subjectAltNames])
})
