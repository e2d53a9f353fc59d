/**
 * Claims of tokens that routes look at, by names that stand among those of headers.
 *
 * A gateway knows them of the tokens that a RequestAuthentication has it read, and a sidecar reads none of what it sends. Rule AUTHZ-21.
 */
import type { StringMatch } from '../../resources/istio/virtual-service.js'
import { checkToken } from './check-token.js'
import { noToken, type TokenState } from './token-state.js'
import { remembered } from '../../remembered.js'
import { jwtRulesFor } from './jwt-rules-for.js'
import { valuesAt } from './matches-claim.js'
import type { ResolvedCall } from '../call/call.js'
import { some, type Truth } from '../call/truth.js'
import { findMissing } from '../unread-kinds/asked.js'
import { satisfies } from '../route/satisfies.js'

const PREFIX = '@request.auth.claims'

/** `@request.auth.claims.group.id` or `@request.auth.claims[group][id]`; undefined: the name of a header. */
export function claimOf(name: string): readonly string[] | undefined {
  if (!name.toLowerCase().startsWith(PREFIX)) return undefined
  const rest = name.slice(PREFIX.length)
  if (rest.startsWith('.') && rest.length > 1) return rest.slice(1).split('.')
  return rest.startsWith('[') && rest.endsWith(']') && rest.length > 2 ? rest.slice(1, -1).split('][') : undefined
}

/** A claim that is not there matches nothing. */
export function hasClaim(path: readonly string[], wanted: StringMatch, call: ResolvedCall): Truth {
  const token = tokenOf(call)
  if (token.kind === 'OPEN') return 'UNKNOWN'
  return token.kind === 'TAKEN' ? some(valuesAt(token.claims, path).map((value) => satisfies(wanted, value, call.attributes.work))) : 'NO'
}

/** The token of the request as the caller's proxy reads it: a call meets many routes. */
const tokenOf = remembered(({ client: { workload, view }, attributes, at, token: read }: ResolvedCall): TokenState => {
  if (workload.dataPlane === 'SIDECAR') return noToken
  if (view === undefined || workload.dataPlane !== 'GATEWAY') return open
  const token = read ?? checkToken(jwtRulesFor(view, workload), attributes, at)
  const namespaces = [view.controlPlane.meshConfig.rootNamespace, workload.namespace]
  const unread = findMissing([{ cluster: view.configCluster, kinds: ['requestAuthentications'] as const, namespaces }])
  return token.kind !== 'TAKEN' && unread.length > 0 ? open : token
})

/** Whoever issued it. */
const open: TokenState = { kind: 'OPEN', issuers: [''] }
