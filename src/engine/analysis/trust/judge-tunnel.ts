/**
 * Do the two ends of a tunnel of HBONE take each other's certificates?
 *
 * A ztunnel that opens one expects the very identity that its control plane gives the server, or one that the service names, and a ztunnel that takes
 * one the trust domain of its own certificate: no alias helps. Proxies look at trust domains as they do elsewhere, as clients too, and at no name.
 * Rules AMB-6, AMB-25, AMB-26, AMB-65, TLS-22.
 */
import { type Identity, spiffeId } from '../../snapshot/workloads/spiffe-id.js'
import type { DataPlane, Workload } from '../../snapshot/workloads/workload.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { RouteTarget } from '../call/stage-values.js'
import type { Authority } from './authority.js'
import { judgeTrustDomain } from './judge-trust-domain.js'
import { judged, type Judgement } from './judgement.js'

/** One end, with the authority that vouches for it. */
export interface TunnelEnd {
  readonly authority: Authority
  readonly identity: Identity
  readonly dataPlane: DataPlane
  /** Whose identity it is, where that is known. */
  readonly because: readonly ResourceRef[]
}

export const tunnelEnd = (authority: Authority, { dataPlane, ref }: Workload, identity: Identity): TunnelEnd => ({
  authority,
  identity,
  dataPlane,
  because: [ref],
})

/** `expected`: the identities that a ztunnel at the client expects; undefined: the very one of the server. */
export const judgeTunnel = (
  client: TunnelEnd,
  server: TunnelEnd,
  target: RouteTarget | undefined,
  expected?: Expected,
): readonly [ofServer: Judgement, ofClient: Judgement] => [
  client.dataPlane === 'AMBIENT'
    ? expectsIdentity(client, server, target, expected)
    : judgeTrustDomain(server.identity.trustDomain, client.authority),
  server.dataPlane === 'AMBIENT' ? expectsOwnDomain(client, server) : judgeTrustDomain(client.identity.trustDomain, server.authority),
]

/** One of these, and whose they are, for a sentence. */
export interface Expected {
  readonly names: ReadonlySet<string>
  readonly whose: string
}

/** Every workload that a control plane tells ztunnels of has the trust domain of that control plane (AMB-6). */
function expectsIdentity(
  { authority }: TunnelEnd,
  { identity, because }: TunnelEnd,
  target: RouteTarget | undefined,
  among: Expected | undefined,
): Judgement {
  const { controlPlane } = authority
  if (among !== undefined) return expectsOneOf(among, { identity, because, controlPlane })
  const expected = spiffeId({ ...identity, trustDomain: controlPlane.meshConfig.trustDomain })
  const stated = target?.waypoint === undefined ? (target?.service.subjectAltNames ?? []) : []
  const name = spiffeId(identity)
  if (name === expected || stated.includes(name)) return judged('TRUSTED', 'NAME_ACCEPTED', `ztunnel expects \`${name}\``, [])
  const message = `the server is \`${name}\`, and ztunnel expects \`${expected}\`: control plane \`${controlPlane.name}\` gives every workload its own trust domain`
  return judged('NOT_TRUSTED', 'NAME_MISMATCH', message, [controlPlane.ref, ...because])
}

function expectsOneOf(
  { names, whose }: Expected,
  { identity, because, controlPlane }: Pick<TunnelEnd, 'identity' | 'because'> & Pick<Authority, 'controlPlane'>,
): Judgement {
  const name = spiffeId(identity)
  if (names.has(name)) return judged('TRUSTED', 'NAME_ACCEPTED', `ztunnel expects \`${name}\``, [])
  const few = [...names].slice(0, 3).join('`, `')
  const expected = names.size === 0 ? 'knows none to expect' : `expects \`${few}\`${names.size > 3 ? ' …' : ''}`
  const message = `it is \`${name}\` that answers, and ztunnel ${expected}, as ${whose}`
  return judged('NOT_TRUSTED', 'NAME_MISMATCH', message, [controlPlane.ref, ...because])
}

function expectsOwnDomain({ identity }: TunnelEnd, { identity: own, authority }: TunnelEnd): Judgement {
  const { trustDomain } = identity
  const because = authority.controlPlane.meshConfig.because
  if (trustDomain === own.trustDomain)
    return judged('TRUSTED', 'TRUST_DOMAIN_ACCEPTED', `trust domain \`${trustDomain}\` is that of the server’s ztunnel`, because)
  const message = `the server’s ztunnel takes trust domain \`${own.trustDomain}\` alone, whatever the aliases, and the client’s certificate has \`${trustDomain}\``
  return judged('NOT_TRUSTED', 'TRUST_DOMAIN_NOT_ACCEPTED', message, because)
}
