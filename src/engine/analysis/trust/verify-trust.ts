/**
 * Do the two certificates verify?
 *
 * Both sides check the chain; the client also checks that the server is one of the identities it expects for the host, the server that the client's
 * trust domain is one it accepts. Plaintext presents no certificate, so there is nothing to verify and nobody to name.
 * Rules TRUST-5, TLS-13, TLS-15, TLS-18 … TLS-21, AMB-65.
 */
import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { type Authority, authorityFor, identityOf } from './authority.js'
import { judgeChain } from './judge-chain.js'
import type { ResolvedCall } from '../call/call.js'

import { type ExpectedNames, expectedNames } from './expected-names.js'
import { gatewayListeners } from '../../istiod/gateways/gateway-listeners.js'
import { earliest, type Judgement, judged, worst } from './judgement.js'
import { type Outcome, goOn, stop, undetermined } from '../call/outcome.js'
import { type Identity, spiffeId } from '../../snapshot/workloads/spiffe-id.js'
import type { NetworkPath, RouteTarget, Transported, Trusted } from '../call/stage-values.js'
import { judgeTrustDomain } from './judge-trust-domain.js'
import { expectedBehind, judgeOuterTunnel } from './judge-outer-tunnel.js'
import { judgeTunnel, tunnelEnd } from './judge-tunnel.js'

/** Verifies both certificates at the call's moment; the value names the identity the server sees. */
export function verifyTrust(call: ResolvedCall, target: RouteTarget | undefined, transported: Transported): Outcome<Trusted> {
  const { server } = transported.path
  if (transported.protocol !== 'ISTIO_MUTUAL' || server === undefined) return withoutVerification(transported)
  const { client } = call
  const clientSide = authorityFor(client.snapshot, client.workload)
  const serverSide = authorityFor(client.snapshot, server)
  if (clientSide === undefined || serverSide === undefined) {
    const unknown = clientSide === undefined ? client.workload : server
    return undetermined(
      'TRUST',
      `which control plane issues the certificate of \`${unknown.name}\` in cluster \`${unknown.cluster}\` is unknown`,
      [unknown.ref],
    )
  }
  const clientIdentity = identityOf(clientSide, client.workload)
  const serverIdentity = identityOf(serverSide, server)
  const clientEnd = tunnelEnd(clientSide, client.workload, clientIdentity)
  const serverEnd = tunnelEnd(serverSide, server, serverIdentity)
  const { passage } = transported.path
  const outer = judgeOuterTunnel(clientEnd, passage, call.at)
  if (typeof outer === 'string') return undetermined('TRUST', outer, passage?.gateway.because)
  const ends = transported.tunnel
    ? [...outer, ...judgeTunnel(clientEnd, serverEnd, target, expectedBehind(clientEnd, passage, target))]
    : [...judgeClient(serverSide, transported.path, server, clientIdentity), judgeServerName(call, target, spiffeId(serverIdentity))]
  const judgements = [judgeChain(clientSide, serverSide, call.at), judgeChain(serverSide, clientSide, call.at), ...ends]
  return conclude(transported, clientIdentity, judgements)
}

/** A sidecar looks at the trust domain, a gateway's server only at the names it states, a proxyless server at neither (TLS-13, TLS-15, TLS-20). */
function judgeClient(serverSide: Authority, path: NetworkPath, server: Workload, client: Identity): readonly Judgement[] {
  if (server.dataPlane === 'PROXYLESS') return []
  if (server.dataPlane !== 'GATEWAY') return [judgeTrustDomain(client.trustDomain, serverSide)]
  const view = serverSide.snapshot.view(serverSide.controlPlane.name)
  const listeners = gatewayListeners(view, serverSide.cluster, server, path.serverPort).filter(({ tlsMode }) => tlsMode === 'ISTIO_MUTUAL')
  const name = spiffeId(client)
  if (listeners.length === 0 || listeners.some(({ subjectAltNames }) => subjectAltNames.length === 0 || subjectAltNames.includes(name)))
    return []
  const because = listeners.map(({ ref }) => ref)
  return [
    judged('NOT_TRUSTED', 'NAME_MISMATCH', `the gateway’s server states \`subjectAltNames\`, and \`${name}\` is none of them`, because),
  ]
}

function withoutVerification(transported: Transported): Outcome<Trusted> {
  const plain = transported.protocol === 'PLAINTEXT'
  const message = plain ? 'plaintext presents no certificate' : 'the certificates of this connection are not those of the mesh’s workloads'
  const assumptions: Assumption[] = plain
    ? []
    : [{ code: 'CERTIFICATES_ASSUMED', message: 'certificates from outside the mesh are assumed to verify', because: [] }]
  const value: Trusted = { transported, peer: undefined, validUntil: undefined }
  return goOn('TRUST', value, { reason: 'NO_CERTIFICATES', message, because: [] }, { outcome: 'NOT_APPLICABLE', assumptions })
}

function judgeServerName(call: ResolvedCall, target: RouteTarget | undefined, name: string): Judgement {
  const { view } = call.client
  if (target === undefined || view === undefined) return judged('TRUSTED', 'NAME_NOT_CHECKED', 'the client expects no name')
  const ruled = target.rule?.transportTls(target.port.number, target.subset)?.subjectAltNames ?? []
  if (ruled.length > 0) return judgeName({ names: new Set(ruled), assumptions: [] }, target, name, target.rule?.because ?? [])
  return judgeName(expectedNames(view, target.service), target, name, [target.service.ref])
}

function judgeName({ names, assumptions }: ExpectedNames, target: RouteTarget, name: string, because: Judgement['because']): Judgement {
  const { hostname } = target.service
  if (names.size === 0) {
    return judged(
      'TRUSTED',
      'NAME_NOT_CHECKED',
      `the client knows no identity of \`${hostname}\` and accepts any that its roots vouch for`,
      because,
    )
  }
  if (names.has(name)) return judged('TRUSTED', 'NAME_ACCEPTED', `the client expects \`${name}\``, because, assumptions)
  const few = [...names].slice(0, 3).join('`, `')
  const message = `the server is \`${name}\`, and for \`${hostname}\` the client expects \`${few}\`${names.size > 3 ? ' …' : ''}`
  return judged('NOT_TRUSTED', 'NAME_MISMATCH', message, because, assumptions)
}

/** Who checks, where a gateway stands between the two: it opens nothing that it hands on by its server name (NET-30). */
const handedOn = ({ path: { passage }, tunnel }: Transported): string =>
  passage === undefined || tunnel ? '' : '; the gateway between them hands the TLS on unopened, so that client and server check each other'

function conclude(transported: Transported, peer: Identity, judgements: readonly Judgement[]): Outcome<Trusted> {
  const assumptions = flatMap(judgements, (judgement) => judgement.assumptions)
  const decisive = worst(judgements)
  const because = flatMap(judgements, (judgement) => judgement.because)
  if (decisive?.verdict === 'NOT_TRUSTED') {
    return stop(
      'TRUST',
      { reason: 'UNTRUSTED', message: `${decisive.message}${handedOn(transported)}`, because: decisive.because },
      assumptions,
    )
  }
  if (decisive?.verdict === 'UNDETERMINED') return undetermined('TRUST', decisive.message, decisive.because, assumptions)
  const message = `both certificates verify, as ${judgements[0]?.message ?? ''}`
  const value: Trusted = { transported, peer, validUntil: earliest(judgements) }
  return goOn('TRUST', value, { reason: 'TRUSTED', message, because }, { assumptions })
}
