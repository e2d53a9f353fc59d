import type { CreatedToken, TokenSummary } from '#engine/model/access/token'
import type { Part } from '#formats/parts/part'
import { items, sentence } from '#formats/parts/tell'

/** The token on a line of its own, then what it is. */
export const tellCreatedToken = ({ token, ...summary }: CreatedToken): readonly Part[] => [
  sentence(token),
  sentence(''),
  ...items([{ cells: cellsOf(summary, 'taken') }]),
  sentence('  This is the only time that it is shown.', { shade: 'faint' }),
]

export const tellTokens = (tokens: readonly TokenSummary[], now: number): readonly Part[] =>
  tokens.length === 0 ? [sentence('there is no token')] : items(tokens.map((token) => ({ cells: cellsOf(token, stateOf(token, now)) })))

const cellsOf = ({ id, name, scopes, topologies, tenants, expiresAt }: TokenSummary, state: string): string[] => [
  id,
  state,
  scopes.join(','),
  topologies.join(','),
  tenants === null ? '' : `tenants ${tenants.join(',')}`,
  expiresAt === null ? 'never ends' : `until ${expiresAt}`,
  name,
]

const stateOf = ({ revokedAt, expiresAt }: TokenSummary, now: number): string =>
  revokedAt !== null ? 'revoked' : expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'taken'
