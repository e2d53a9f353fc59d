import type { LabelSelector } from '../label-selector.js'

/** Words with which a selector tests the value of one label. */
export type LabelTest = 'IN' | 'NOT_IN' | 'EXISTS' | 'ABSENT' | 'CONTAINS' | 'STARTS_WITH' | 'ENDS_WITH'

/** What the selectors of several plugins have in common. UNREADABLE: it may select, and may not. */
export type LabelExpression =
  | { readonly kind: 'ALL' | 'ANY'; readonly of: readonly LabelExpression[] }
  | { readonly kind: 'NOT'; readonly of: LabelExpression }
  | { readonly kind: 'TEST'; readonly key: string; readonly test: LabelTest; readonly values: readonly string[] }
  | { readonly kind: 'UNREADABLE' }

export const everything: LabelExpression = { kind: 'ALL', of: [] }
export const unreadable: LabelExpression = { kind: 'UNREADABLE' }

export const testOf = (key: string, test: LabelTest, values: readonly string[] = []): LabelExpression => ({
  kind: 'TEST',
  key,
  test,
  values,
})

const tests: Readonly<Record<string, LabelTest>> = { In: 'IN', NotIn: 'NOT_IN', Exists: 'EXISTS', DoesNotExist: 'ABSENT' }

/** A label selector of Kubernetes, its keys changed to what the pods carry; undefined: a key that cannot be told. */
export const ofLabelSelector = (
  { matchLabels, matchExpressions }: LabelSelector,
  keyOf: (key: string) => string | undefined = (key) => key,
): LabelExpression => ({
  kind: 'ALL',
  of: [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, test: 'IN' as const, values: [value] })),
    ...matchExpressions.map(({ key, operator, values }) => ({ key, test: tests[operator], values })),
  ].map(({ key, test, values }) => {
    const own = keyOf(key)
    return own === undefined || test === undefined ? unreadable : testOf(own, test, values)
  }),
})
