import { listSome } from '../answer/list-some.js'
import type { LabelSelector } from '../../resources/label-selector.js'
import type { Labels } from '../../resources/meta.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import { differencesOf, isSlip, tellLabel } from './selector-miss.js'

type Expression = LabelSelector['matchExpressions'][number]

/** What a selector asks for and labels have otherwise, each as `wants` and `has`; `far` says how far off. */
export interface LabelMiss {
  readonly wants: string
  readonly has: string
  readonly far: number
}

const operators: Readonly<Record<string, (values: string) => string>> = {
  In: (values) => `in ${values}`,
  NotIn: (values) => `not in ${values}`,
  Exists: () => 'of any value',
  DoesNotExist: () => 'missing',
}

const wantsBy = ({ key, operator, values }: Expression): string =>
  `\`${key}\` ${operators[operator]?.(listSome(values, 'or')) ?? ''}`.trim()

/** The nearest first; none where the selector takes the labels. */
export function labelMisses({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): readonly LabelMiss[] {
  const plain = differencesOf(matchLabels, labels).map((difference): LabelMiss => {
    const { key, wants, has } = difference
    return { wants: `\`${key}: ${wants}\``, has: tellLabel(key, has), far: isSlip(difference) ? 1 : 2 }
  })
  const byExpression = matchExpressions
    .filter((one) => !labelSelectorMatches({ matchLabels: {}, matchExpressions: [one] }, labels))
    .map((one): LabelMiss => {
      const has = Object.hasOwn(labels, one.key) ? labels[one.key] : undefined
      return { wants: wantsBy(one), has: tellLabel(one.key, has), far: 2 }
    })
  return [...plain, ...byExpression].sort((a, b) => a.far - b.far)
}
