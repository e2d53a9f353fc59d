import { findHeader } from '../analysis/call/call.js'
import type { AskedRequest } from './rules-for-caller.js'
import type { Situation } from './situation.js'

/**
 * What the question says of the request, as a policy writes it; undefined where a policy would read the path as a pattern, and open more than one.
 *
 * A proxy that sees no HTTP drops a rule that names method or path, and policies see a path without its query. Rules AUTHZ-20, AUTHZ-24.
 */
export function requestAsked(
  { calls, question }: Situation,
  seesHttp: boolean,
): Pick<AskedRequest, 'hosts' | 'method' | 'path'> | undefined {
  const [call] = calls
  if (call === undefined) return undefined
  const { method, path, headers } = call.attributes
  const { port } = question.to
  const stated = findHeader(headers, 'host')
  const hosts = stated === undefined ? [call.host, ...(!port || port === 80 ? [] : [`${call.host}:${port}`])] : [stated]
  if (!seesHttp) return { hosts }
  const bare = path?.replace(/[?#][^]*$/u, '')
  if (bare !== undefined && /[*{]/u.test(bare)) return undefined
  return { hosts, ...(method === undefined ? {} : { method }), ...(bare === undefined ? {} : { path: bare }) }
}
