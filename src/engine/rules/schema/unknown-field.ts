import type { Fault } from '../../schemas/fault.js'
import type { Breach, Rule } from '../rule.js'
import { faultsOf, type PlacedFault } from './faulty-objects.js'
import { isSecurityKind } from './security-kinds.js'

/** A field that a kind does not have is dropped when the object is stored, unless it is asked to be strict, and nothing says so later. */
export const unknownField: Rule = {
  code: 'SCH101',
  name: 'unknown-field',
  severity: 'ERROR',
  istio: ['IST0106'],
  kiali: [],
  summary: 'A field that its kind does not have: an API server drops it, and the object does something else than what is written.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const placed of faultsOf(snapshot, originals, 'UNKNOWN_FIELD')) yield unknown(placed)
  },
}

const unknown = ({ cluster, original, checked, fault }: PlacedFault): Breach => {
  const widens = isSecurityKind(original)
  const so = widens ? ', and what is left applies without it, to more than is written' : ''
  return {
    on: cluster.ref(original, fault.path),
    severity: widens ? 'ERROR' : 'WARNING',
    message: `\`${fault.path}\` is no field of ${withArticle(original.kind)} (${checked.kind.source}): an API server drops it, or refuses the object where it is asked to be strict${so}${meant(fault)}`,
  }
}

const withArticle = (kind: string): string => `${/^[AEIOX]/.test(kind) ? 'an' : 'a'} ${kind}`

const meant = ({ meant: what }: Fault): string => {
  if (what === undefined) return ''
  return 'name' in what ? `; did you mean \`${what.name}\`?` : `; it is a field of \`${what.belongsTo}\`: is it indented too far?`
}
