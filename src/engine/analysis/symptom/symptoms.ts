import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'

/** What decides how a call that does not arrive looks to whoever sends it. */
export interface Seen {
  readonly caller: 'SIDECAR' | 'AMBIENT' | 'NONE' | 'OTHER'
  /** Its proxy takes what is sent for requests; undefined: nothing says. */
  readonly isHttp: boolean | undefined
  /** The caller's proxy routes it to a service of the mesh, and does not hand it on as it is. */
  readonly isMeshed: boolean
  /** Whose policies judged at the server. */
  readonly judge: 'HTTP' | 'TCP' | 'ZTUNNEL' | 'UNKNOWN'
  readonly by: readonly ResourceRef[]
}

type Tell = (seen: Seen) => string | undefined

const fromProxy = (status: number, more = ''): string => `HTTP ${status} from its own proxy${more}`

/** A status where its own sidecar routes the request, another sign elsewhere. */
const request =
  (status: number, more: string, otherwise: (seen: Seen) => string | undefined): Tell =>
  (seen) => {
    const { caller, isMeshed, isHttp } = seen
    if (caller !== 'SIDECAR' || !isMeshed) return otherwise(seen)
    if (isHttp === undefined) return undefined
    return isHttp ? fromProxy(status, more) : otherwise(seen)
  }

const closedBySidecar: Tell = ({ caller }) => (caller === 'SIDECAR' ? 'a connection that its own proxy closes at once' : undefined)

const noConnection = (why: string): Tell => request(503, ` (response flag \`UF\`), ${why}`, () => `a connection that is not made, ${why}`)

/** Routes of the Gateway API answer otherwise where they lead nowhere (GWAPI-47). */
const nowhere: Tell = (seen) =>
  seen.by.some(({ kind }) => kind === 'HTTPRoute' || kind === 'GRPCRoute')
    ? request(500, '', closedBySidecar)(seen)
    : request(503, ' (response flag `NC`)', closedBySidecar)(seen)

/** AMB-29: never a status of ztunnel's own. */
const denied: Tell = ({ judge, caller, isHttp }) => {
  if (judge === 'HTTP') return 'HTTP 403 from the server’s proxy, with the text `RBAC: access denied`'
  if (judge === 'UNKNOWN') return undefined
  const who = judge === 'ZTUNNEL' ? 'the ztunnel of the server’s node' : 'the server’s proxy'
  return caller === 'SIDECAR' && isHttp === true
    ? fromProxy(503, `, as ${who} closes the connection`)
    : `a connection that ${who} closes, and no 403`
}

/** By the reason of an answer; those of which Istio's rules tell nothing are left out. */
export const symptoms: Readonly<Partial<Record<ReasonCode, Tell>>> = {
  NAME_NOT_RESOLVED: ({ caller }) => (caller === 'OTHER' ? undefined : 'an error of DNS, and nothing is sent'),
  BLACKHOLED: ({ caller }) =>
    caller === 'SIDECAR'
      ? 'a connection that its own proxy closes at once, or HTTP 502 from it where it routes requests of other services at the same port'
      : undefined,
  NO_ROUTE: request(404, '', () => undefined),
  UNKNOWN_CLUSTER: nowhere,
  NO_ENDPOINTS: request(503, ' (`no healthy upstream`, response flag `UH`)', closedBySidecar),
  CROSS_NETWORK_WITHOUT_GATEWAY: noConnection('at once or after a time-out, as packets do not get there'),
  GATEWAY_UNREACHABLE: noConnection('at once or after a time-out, as packets do not get there'),
  EGRESS_NOT_ALLOWED: noConnection('mostly after a time-out, as most network plugins drop what they do not let through'),
  INGRESS_NOT_ALLOWED: noConnection('mostly after a time-out, as most network plugins drop what they do not let through'),
  TLS_REJECTED: request(503, ', as the server resets the connection', ({ caller }) =>
    caller === 'SIDECAR'
      ? 'a connection that is reset, or HTTP 503 from its own proxy where that takes the call for HTTP'
      : caller === 'NONE'
        ? 'a connection that is reset'
        : undefined,
  ),
  UNTRUSTED: request(503, ' (response flag `UF`), as the TLS handshake fails', ({ caller }) =>
    caller === 'SIDECAR' ? 'a connection that its own proxy closes, as the TLS handshake fails' : undefined,
  ),
  DENIED: denied,
}
