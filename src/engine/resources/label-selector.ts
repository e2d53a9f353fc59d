import type { Labels } from './meta.js'
import { type Raw, type Reading, readLabels, readList, readText, readTexts } from './reading.js'

/** Kubernetes' LabelSelector: all of its labels and expressions must hold; without any it takes everything. */
export interface LabelSelector {
  readonly matchLabels: Labels
  readonly matchExpressions: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[]
}

export const readLabelSelector = (reading: Reading, item: Raw, at: string): LabelSelector => ({
  matchLabels: readLabels(reading, item, 'matchLabels', at),
  matchExpressions: readList(reading, item, 'matchExpressions', at, (inner, expression, where) => ({
    key: readText(inner, expression, 'key', where),
    operator: readText(inner, expression, 'operator', where),
    values: readTexts(inner, expression, 'values', where),
  })),
})
