import type { ResolvedCall } from '../call/call.js'
import type { RouteTarget } from '../call/stage-values.js'
import { checkToken } from './check-token.js'
import { headersPastToken } from './headers-past-token.js'
import { jwtRulesFor } from './jwt-rules-for.js'

/**
 * The request as a gateway or a waypoint hands it on, once its RequestAuthentications have read it: without the token unless that is to be forwarded,
 * and with what is written of it. Its routes are chosen after that, and know what was in the token. Rule AUTHZ-21.
 */
export function pastToken(call: ResolvedCall, target?: RouteTarget): ResolvedCall {
  const { client, attributes, at } = call
  const rules = client.view === undefined ? [] : jwtRulesFor(client.view, client.workload, target)
  if (rules.length === 0) return call
  const token = checkToken(rules, attributes, at)
  return { ...call, attributes: { ...attributes, ...headersPastToken(rules, token, attributes) }, token }
}
