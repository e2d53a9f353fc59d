import type { ControlPlaneView } from '../../../snapshot/snapshot.js'
import { type Author, type HttpChoice, type Losers, nameAll } from '../choose-http.js'
import type { Besides } from '../conclude-route.js'

/**
 * Which other routes are for the call and do not count, and by which rule; undefined: none.
 *
 * Rules GWAPI-38, GWAPI-39, GWAPI-58, GWAPI-60.
 */
export function tellLosers(view: ControlPlaneView, { by, losers = none }: HttpChoice, caller: string): Besides | undefined {
  const { hidden, behind } = losers
  const all = [...hidden, ...behind]
  if (all.length === 0) return undefined
  const message =
    hidden.length > 0
      ? `${nameAll(hidden)} ${whyHidden(by, hidden, caller)}`
      : `${nameAll(behind)} matches too and is not asked: ${behind[0]?.why === 'YOUNGER' ? younger : lessClose}`
  return { message, because: all.map(({ meta }) => view.ref(meta)) }
}

const none: Losers = { hidden: [], behind: [] }

const lessClose = 'it matches less closely'
const younger = 'of two that match as closely the older route goes first'

function whyHidden(by: readonly Author[], hidden: readonly Author[], caller: string): string {
  const isOwn = ({ meta: { namespace } }: Author): boolean => namespace === caller
  const count = hidden.length === 1 ? 'does not count' : 'do not count'
  return by.some(isOwn) && !hidden.some(isOwn)
    ? `${count}: routes of the caller’s own namespace take the place of all others`
    : `${count}: the routes of one host are not put together, and the first stands alone`
}
