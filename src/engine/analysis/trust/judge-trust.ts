/**
 * Do two identities accept each other in a mutual TLS handshake?
 *
 * Two directions, each with its own rules: both verify the chain; the server looks at the client's trust domain, the client at the server's name. Asked
 * without a host, the name a client expects is the identity as its control plane would compute it for endpoints of that account.
 * Where one side is a ztunnel or a waypoint, they meet in a tunnel. Rules TRUST-5, TRUST-13, TLS-18 … TLS-22, AMB-25, AMB-26.
 */
import type { Problem } from '../../model/app-error.js'
import type { IdentityTrust, TrustDirection } from '../../model/identity-trust.js'
import type { TrustQuestion } from '../../model/question.js'
import type { TrustVerdict } from '../../model/verdict.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { judgeChain } from './judge-chain.js'
import { checkIdentity } from './check-identity.js'
import { earliest, type Judgement, judged, trustStep, worst } from './judgement.js'
import { type Issued, type Placed, placeIdentity } from './place-identity.js'
import { readTrustDomain } from './read-trust-domain.js'
import { summariseTrust } from './summarise-trust.js'
import { judgeTrustDomain } from './judge-trust-domain.js'
import { judgeTunnel, type TunnelEnd } from './judge-tunnel.js'
import { parseSpiffeId } from '../../snapshot/workloads/spiffe-id.js'
import { tellAssumptions } from '../answer/tell-assumptions.js'
import { trustRemedies } from './trust-remedies.js'

interface Direction {
  readonly chain: Judgement
  readonly trustDomain: Judgement
  readonly name: Judgement
}

interface Handshake {
  readonly clientAcceptsServer: Direction
  readonly serverAcceptsClient: Direction
  readonly decisive: Judgement
}

/** `at`: milliseconds since the epoch. A malformed identity, or a cluster or trust domain that does not exist, is a problem, not an answer. */
export function judgeTrust(snapshot: Snapshot, question: TrustQuestion, at: number): IdentityTrust | { readonly problem: Problem } {
  const malformed = checkIdentity('client', question.client) ?? checkIdentity('server', question.server)
  if (malformed !== undefined) return { problem: malformed }
  const client = placeIdentity(snapshot, question.client)
  if ('problem' in client) return client
  const server = placeIdentity(snapshot, question.server)
  if ('problem' in server) return server
  const handshakes = client.issued.flatMap((from) => server.issued.map((to) => shakeHands(from, to, at)))
  return answer(client, server, handshakes.length > 0 ? handshakes : [unknownIssuer(client.issued.length === 0 ? client : server)])
}

function shakeHands(client: Issued, server: Issued, at: number): Handshake {
  const chains = [judgeChain(server.authority, client.authority, at), judgeChain(client.authority, server.authority, at)] as const
  const [ofServer, ofClient] = (isTunnel(client, server) ? inTunnel(client, server) : undefined) ?? classic(client, server)
  return handshake({ chain: chains[0], ...ofServer }, { chain: chains[1], ...ofClient })
}

type Looked = Pick<Direction, 'trustDomain' | 'name'>

const anyDomain = judged('TRUSTED', 'TRUST_DOMAIN_NOT_CHECKED', 'a client compares whole identities, not trust domains')
const anyName = judged(
  'TRUSTED',
  'NAME_NOT_CHECKED',
  'a server admits any identity of a trust domain it accepts; authorization comes later',
)

const classic = (client: Issued, server: Issued): readonly [Looked, Looked] => [
  { trustDomain: anyDomain, name: judgeName(client, server) },
  { trustDomain: judgeTrustDomain(client.trustDomain, server.authority), name: anyName },
]

/** Ztunnels know tunnels alone, and waypoints take nothing else (AMB-24, AMB-47). */
const isTunnel = (client: Issued, server: Issued): boolean => client.by === 'ZTUNNEL' || server.by !== 'PROXY'

const planes = { ZTUNNEL: 'AMBIENT', WAYPOINT: 'WAYPOINT', PROXY: 'SIDECAR' } as const

/** A ztunnel compares the whole identity, and as a server its own trust domain; proxies look at trust domains alone. Undefined for identities that are none of Istio's. */
function inTunnel(client: Issued, server: Issued): readonly [Looked, Looked] | undefined {
  const [from, to] = [endOf(client), endOf(server)]
  if (from === undefined || to === undefined) return undefined
  const [ofServer, ofClient] = judgeTunnel(from, to, undefined)
  const looksAtName = client.by === 'ZTUNNEL'
  return [
    looksAtName ? { trustDomain: anyDomain, name: ofServer } : { trustDomain: ofServer, name: anyServer },
    { trustDomain: ofClient, name: anyName },
  ]
}

const anyServer = judged('TRUSTED', 'NAME_NOT_CHECKED', 'a proxy that opens a tunnel admits any identity of a trust domain it accepts')

function endOf({ authority, spiffeId, by }: Issued): TunnelEnd | undefined {
  const identity = parseSpiffeId(spiffeId)
  return identity && { authority, identity, dataPlane: planes[by], because: [] }
}

const handshake = (clientAcceptsServer: Direction, serverAcceptsClient: Direction): Handshake => ({
  clientAcceptsServer,
  serverAcceptsClient,
  decisive: worst([...Object.values(clientAcceptsServer), ...Object.values(serverAcceptsClient)]) ?? clientAcceptsServer.chain,
})

/** TLS-21: the trust domain the client's control plane reads for the server's cluster, or an alias, or nothing to compare with. */
function judgeName(client: Issued, server: Issued): Judgement {
  const { controlPlane, snapshot } = client.authority
  const view = snapshot.view(controlPlane.name)
  const serverCluster = server.authority.cluster.name
  if (!view.clusters.some((cluster) => cluster.name === serverCluster)) {
    const message = `control plane \`${controlPlane.name}\` does not read cluster \`${serverCluster}\`: names are compared only if a ServiceEntry states some`
    return judged('TRUSTED', 'NAME_NOT_CHECKED', message)
  }
  const read = readTrustDomain(view, serverCluster)
  const domains = [read.trustDomain, ...controlPlane.meshConfig.trustDomainAliases]
  const assumptions = read.assumption === undefined ? [] : [read.assumption]
  if (domains.includes(server.trustDomain)) {
    return judged(
      'TRUSTED',
      'NAME_ACCEPTED',
      `clients of control plane \`${controlPlane.name}\` expect \`${server.spiffeId}\` for endpoints of this account`,
      controlPlane.meshConfig.because,
      assumptions,
    )
  }
  const message = `clients of control plane \`${controlPlane.name}\` expect trust domain \`${domains.join('`, `')}\` of servers in cluster \`${serverCluster}\`, and the certificate has \`${server.trustDomain}\``
  return judged('NOT_TRUSTED', 'NAME_MISMATCH', message, controlPlane.meshConfig.because, assumptions)
}

function unknownIssuer({ unknown }: Placed): Handshake {
  const where = unknown === '' ? 'the topology has no control plane' : `which control plane serves cluster \`${unknown}\` is unknown`
  const missing = judged('UNDETERMINED', 'INPUT_MISSING', `${where}, so nothing is known of its certificates`)
  const direction = { chain: missing, trustDomain: missing, name: missing }
  return handshake(direction, direction)
}

const verdictOf = (verdicts: readonly TrustVerdict[]): TrustVerdict => {
  const [first = 'UNDETERMINED'] = verdicts
  if (verdicts.every((verdict) => verdict === first)) return first
  return verdicts.includes('TRUSTED') && verdicts.includes('NOT_TRUSTED') ? 'AMBIGUOUS' : 'UNDETERMINED'
}

/** Several issuers are one answer where they agree; where not, the one that decides against trust is shown. */
function answer(client: Placed, server: Placed, handshakes: readonly Handshake[]): IdentityTrust {
  const verdict = verdictOf(handshakes.map(({ decisive }) => decisive.verdict))
  const shown = handshakes.find(({ decisive }) => decisive.verdict === (verdict === 'AMBIGUOUS' ? 'NOT_TRUSTED' : verdict)) ?? handshakes[0]
  if (shown === undefined) throw new Error('a handshake is always judged')
  const judgements = handshakes.flatMap(judgementsOf)
  const until = verdict === 'TRUSTED' ? earliest(judgements) : undefined
  const clientAcceptsServer = directionOf(
    handshakes.map((each) => each.clientAcceptsServer),
    shown.clientAcceptsServer,
  )
  const serverAcceptsClient = directionOf(
    handshakes.map((each) => each.serverAcceptsClient),
    shown.serverAcceptsClient,
  )
  const found = { verdict, clientAcceptsServer, serverAcceptsClient }
  return {
    verdict,
    reason: verdict === 'TRUSTED' ? 'TRUSTED' : verdict === 'AMBIGUOUS' ? 'SEVERAL_ISSUERS' : shown.decisive.reason,
    summary: summariseTrust(client.name, server.name, found, shown.decisive.message),
    clientAcceptsServer,
    serverAcceptsClient,
    validUntil: until === undefined ? null : new Date(until).toISOString(),
    assumptions: tellAssumptions(
      distinctAssumptions([...client.assumptions, ...server.assumptions, ...judgements.flatMap(({ assumptions }) => assumptions)]),
    ),
    remedies: verdict === 'TRUSTED' ? [] : trustRemedies(judgementsOf(shown)),
  }
}

const judgementsOf = (handshake: Handshake): readonly Judgement[] => [
  ...Object.values(handshake.clientAcceptsServer),
  ...Object.values(handshake.serverAcceptsClient),
]

const directionOf = (all: readonly Direction[], { chain, trustDomain, name }: Direction): TrustDirection => ({
  verdict: verdictOf(all.map((each) => worst([each.chain, each.trustDomain, each.name])?.verdict ?? 'UNDETERMINED')),
  chain: trustStep(chain),
  trustDomain: trustStep(trustDomain),
  name: trustStep(name),
})

const distinctAssumptions = (assumptions: Judgement['assumptions']): Judgement['assumptions'] => [
  ...new Map(assumptions.map((assumption) => [`${assumption.code} ${assumption.message}`, assumption])).values(),
]
