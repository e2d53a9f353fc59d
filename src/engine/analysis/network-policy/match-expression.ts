import type { LabelExpression, LabelTest } from '../../resources/network-policy/label-expression.js'
import type { Labels } from '../../resources/meta.js'
import { allOf, anyOf, decided, type Match, maybe, no, yes } from './match.js'

const tests: Readonly<Record<LabelTest, (value: string | undefined, values: readonly string[]) => boolean>> = {
  IN: (value, values) => value !== undefined && values.includes(value),
  NOT_IN: (value, values) => value === undefined || !values.includes(value),
  EXISTS: (value) => value !== undefined,
  ABSENT: (value) => value === undefined,
  CONTAINS: (value, values) => value !== undefined && values.some((part) => value.includes(part)),
  STARTS_WITH: (value, values) => value !== undefined && values.some((part) => value.startsWith(part)),
  ENDS_WITH: (value, values) => value !== undefined && values.some((part) => value.endsWith(part)),
}

/** Labels of which all, or only those that are there, are known. */
export interface KnownLabels {
  readonly labels: Labels
  readonly known: boolean
}

/** Does a plugin's selector take an object with these labels? Rule NP-40. */
export const matchExpression = (expression: LabelExpression, { labels, known }: KnownLabels): Match => {
  switch (expression.kind) {
    case 'ALL':
      return allOf(expression.of.map((part) => matchExpression(part, { labels, known })))
    case 'ANY':
      return anyOf(expression.of.map((part) => matchExpression(part, { labels, known })))
    case 'NOT': {
      const { value, missing } = matchExpression(expression.of, { labels, known })
      return value === 'MAYBE' ? maybe(...missing) : value === 'YES' ? no : yes
    }
    case 'TEST': {
      const value = Object.hasOwn(labels, expression.key) ? labels[expression.key] : undefined
      return value === undefined && !known
        ? maybe(`label \`${expression.key}\``)
        : decided(tests[expression.test](value, expression.values))
    }
    default:
      return maybe('what its selector says')
  }
}
