import type { CreatedToken, TokenSummary } from '#engine/model/access/token'
import type { Paint } from '#formats/text/paint'
import { table } from '#formats/text/table'

/** The token on a line of its own, then what it is. */
export const printCreatedToken = (paint: Paint, { token, ...summary }: CreatedToken): string[] => [
  token,
  '',
  ...table(paint, [{ cells: cellsOf(summary, 'taken') }]),
  paint('faint', '  This is the only time that it is shown.'),
]

export const printTokens = (paint: Paint, tokens: readonly TokenSummary[], now: number): string[] =>
  tokens.length === 0
    ? ['there is no token']
    : table(
        paint,
        tokens.map((token) => ({ cells: cellsOf(token, stateOf(token, now)) })),
      )

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
