import { type LabelSelector, readLabelSelector } from '../label-selector.js'
import { findObject, joinPath, noteUnreadable, type Raw, type Reading } from '../reading.js'

const operators = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist'])

/** A selector of a network policy: absent is no condition, empty takes all (NP-9); an operator that nobody knows is noted. */
export const findSelectorOf = (reading: Reading, from: Raw, key: string, at: string): LabelSelector | undefined => {
  const raw = findObject(reading, from, key, at)
  if (raw === undefined) return undefined
  const place = joinPath(at, key)
  const selector = readLabelSelector(reading, raw, place)
  for (const [position, { operator }] of selector.matchExpressions.entries()) {
    if (operators.has(operator)) continue
    noteUnreadable(reading, `${place}.matchExpressions[${position}].operator`, `\`${operator}\` is not one of ${[...operators].join(', ')}`)
  }
  return selector
}

export const everyLabel: LabelSelector = Object.freeze({ matchLabels: Object.freeze({}), matchExpressions: Object.freeze([]) })
