import type { Fault } from '../../schemas/fault.js'
import type { Originals } from '../originals.js'
import type { Breach, Rule } from '../rule.js'
import { bundleIn, isOfGatewayApi } from './bundle-in.js'
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
    if (originals === undefined) return
    for (const placed of faultsOf(snapshot, originals, 'UNKNOWN_FIELD')) if (!isKnownThere(originals, placed)) yield unknown(placed)
  },
}

/** A field that went from the Gateway API is known where the cluster's definition of the kind says that it is of a release that had it. */
const isKnownThere = (originals: Originals, { cluster, original, fault: { until } }: PlacedFault): boolean => {
  if (until === undefined || !isOfGatewayApi(original)) return false
  const { bundle } = bundleIn(originals, cluster.name, original.kind)
  return bundle !== undefined && (bundle[0] < 1 || (bundle[0] === 1 && bundle[1] <= until))
}

const unknown = ({ cluster, original, checked: { kind }, fault }: PlacedFault): Breach => {
  const widens = isSecurityKind(original)
  const so = widens ? ', and what is left applies without it, to more than is written' : ''
  const other = kind.otherReleases ? `; other releases than ${kind.source} may have it` : ''
  return {
    on: cluster.ref(original, fault.path),
    severity: widens && !kind.otherReleases ? 'ERROR' : 'WARNING',
    message: `\`${fault.path}\` is no field of ${withArticle(original.kind)} (${kind.source}): an API server drops it, or refuses the object where it is asked to be strict${so}${other}${gone(fault)}${meant(fault)}`,
  }
}

const withArticle = (kind: string): string => `${/^[AEIOX]/.test(kind) ? 'an' : 'a'} ${kind}`

const gone = ({ until }: Fault): string => (until === undefined ? '' : `; release 1.${until} was the last that had it`)

const meant = ({ meant: what }: Fault): string => {
  if (what === undefined) return ''
  return 'name' in what ? `; did you mean \`${what.name}\`?` : `; it is a field of \`${what.belongsTo}\`: is it indented too far?`
}
