import type { SuppressionHeader } from '../../model/topology/suppression-header.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { noteCodes } from '../note-codes.js'
import type { Breach, Rule } from '../rule.js'
import { statedSuppressions } from './stated-suppressions.js'

const own = { severity: 'WARNING', istio: [], kiali: [] } as const

export const suppressionExpired: Rule = {
  ...own,
  code: 'SUP101',
  name: 'suppression-expired',
  summary: 'A suppression has come to its end: what it covered is reported again.',
  *check(snapshot, at): Iterable<Breach> {
    for (const { accepts, on } of statedSuppressions(snapshot).suppressions) {
      const { code, expires } = accepts
      if (expires === undefined || at === undefined || at < Date.parse(expires)) continue
      yield {
        on,
        message: `\`${code}\` was accepted${ownedBy(accepts)} until \`${expires}\`, and is reported again: mend it, or agree on another end`,
      }
    }
  },
}

const ownedBy = ({ owner, reason }: SuppressionHeader): string =>
  `${owner === undefined ? '' : ` by \`${owner}\``}${reason === undefined ? '' : ` (${reason})`}`

export const suppressionUnreadable: Rule = {
  ...own,
  code: 'SUP103',
  name: 'suppression-unreadable',
  summary: 'An annotation `sightline/suppress` cannot be read, so it suppresses nothing.',
  *check(snapshot): Iterable<Breach> {
    for (const { fault, on } of statedSuppressions(snapshot).unread) {
      yield { on, message: `the annotation \`sightline/suppress\` accepts nothing here: ${fault}` }
    }
  },
}

/** A code that no rule has: of these rules, of those that are given, or of the other tools that they name. */
const suppressionUnknown = (others: readonly Rule[]): Rule => {
  const rule: Rule = {
    ...own,
    code: 'SUP102',
    name: 'suppression-unknown-code',
    summary: 'A suppression names a code that no rule has, so it suppresses nothing.',
    *check(snapshot): Iterable<Breach> {
      const rules = [...others, suppressionExpired, suppressionUnreadable, rule]
      const known = new Set([...noteCodes, ...rules.flatMap(({ code, istio, kiali }) => [code, ...istio, ...kiali])])
      for (const { accepts, on } of statedSuppressions(snapshot).suppressions) {
        const { code } = accepts
        if (known.has(code)) continue
        const near = nearestNames(code, [...known])[0]
        yield {
          on,
          message: `no rule has the code \`${code}\`, so nothing is suppressed${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
        }
      }
    },
  }
  return rule
}

/** What is said of suppressions, which may name the codes of all other rules. */
export const suppressionRules = (others: readonly Rule[]): readonly Rule[] => [
  suppressionExpired,
  suppressionUnknown(others),
  suppressionUnreadable,
]
