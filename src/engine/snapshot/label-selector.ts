import type { LabelSelector } from '../resources/label-selector.js'
import type { Labels } from '../resources/meta.js'

const expressionHolds = (expression: LabelSelector['matchExpressions'][number], labels: Labels): boolean => {
  const value = Object.hasOwn(labels, expression.key) ? labels[expression.key] : undefined
  switch (expression.operator) {
    case 'In':
      return value !== undefined && expression.values.includes(value)
    case 'NotIn':
      return value === undefined || !expression.values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** Does every wanted label stand on the object? */
export const labelsInclude = (labels: Labels, wanted: Labels): boolean => {
  for (const key in wanted) if (labels[key] !== wanted[key]) return false
  return true
}

/** A Kubernetes label selector: all of its labels and expressions must hold. */
export const labelSelectorMatches = (selector: LabelSelector, labels: Labels): boolean =>
  labelsInclude(labels, selector.matchLabels) && selector.matchExpressions.every((expression) => expressionHolds(expression, labels))
