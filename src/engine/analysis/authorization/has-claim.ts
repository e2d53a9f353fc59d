/**
 * Claims of tokens that routes look at, by names that stand among those of headers.
 *
 * A gateway knows them of the tokens that a RequestAuthentication has it read, and a sidecar reads none of what it sends. Rule AUTHZ-21.
 */
import type { StringMatch } from '../../resources/istio/virtual-service.js'
import { checkToken } from './check-token.js'
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
export function hasClaim(path: readonly string[], wanted: StringMatch, { client, attributes, at }: ResolvedCall): Truth {
  const { workload, view } = client
  if (workload.dataPlane === 'SIDECAR') return 'NO'
  if (view === undefined || workload.dataPlane !== 'GATEWAY') return 'UNKNOWN'
  const namespaces = [view.controlPlane.meshConfig.rootNamespace, workload.namespace]
  const unread = findMissing([{ cluster: view.configCluster, kinds: ['requestAuthentications'] as const, namespaces }])
  const token = checkToken(jwtRulesFor(view, workload), attributes, at)
  if (token.kind === 'OPEN' || (token.kind !== 'TAKEN' && unread.length > 0)) return 'UNKNOWN'
  return token.kind === 'TAKEN' ? some(valuesAt(token.claims, path).map((value) => satisfies(wanted, value, attributes.work))) : 'NO'
}
