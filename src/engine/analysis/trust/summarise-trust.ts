import type { IdentityTrust, TrustDirection } from '../../model/identity-trust.js'
import type { TrustVerdict } from '../../model/verdict.js'

type BothDirections = Pick<IdentityTrust, 'verdict' | 'clientAcceptsServer' | 'serverAcceptsClient'>

/** One direction as it is told: who makes something of whose certificate. */
interface Told {
  readonly who: string
  readonly whom: string
  readonly otherWay: string
  readonly verdict: TrustVerdict
}

/** One sentence for a person: of two directions that differ it names the one that decided, and says what the other is. */
export function summariseTrust(client: string, server: string, found: BothDirections, because: string): string {
  const [ours, theirs] = [`client \`${client}\``, `server \`${server}\``]
  const forward = toldOf(ours, theirs, 'the client accepts the server’s', found.clientAcceptsServer)
  const back = toldOf(theirs, ours, 'the server accepts the client’s', found.serverAcceptsClient)
  const [deciding, ...others] = [forward, back].filter(({ verdict }) => verdict === found.verdict)
  if (deciding === undefined || others.length > 0) return bothWays(found.verdict, `${ours} and ${theirs}`, because)
  return `${oneWay(deciding)}, ${otherWay(deciding === forward ? back : forward)}: ${because}`
}

const toldOf = (who: string, whom: string, otherWay: string, { verdict }: TrustDirection): Told => ({ who, whom, otherWay, verdict })

function bothWays(verdict: TrustVerdict, both: string, because: string): string {
  if (verdict === 'TRUSTED') return `${both} accept each other’s certificates`
  if (verdict === 'NOT_TRUSTED') return `${both} do not accept each other’s certificates: ${because}`
  if (verdict === 'AMBIGUOUS')
    return `whether ${both} accept each other’s certificates depends on which control plane issued them: ${because}`
  return `whether ${both} accept each other’s certificates is unknown: ${because}`
}

function oneWay({ who, whom, verdict }: Told): string {
  if (verdict === 'NOT_TRUSTED') return `${who} does not accept the certificate of ${whom}`
  const end = verdict === 'AMBIGUOUS' ? 'depends on which control planes issued them' : 'is unknown'
  return `whether ${who} accepts the certificate of ${whom} ${end}`
}

function otherWay({ otherWay: accepts, verdict }: Told): string {
  if (verdict === 'TRUSTED') return `though ${accepts}`
  if (verdict === 'NOT_TRUSTED') return `and ${accepts.replace('accepts', 'does not accept')}`
  return verdict === 'AMBIGUOUS' ? `and for some issuers ${accepts}` : `and whether ${accepts} is unknown`
}
