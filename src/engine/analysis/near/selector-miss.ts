import { pause, pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Labels } from '../../resources/meta.js'
import { isMistyped } from '../../istiod/matching/nearest-names.js'

/** A label that a selector asks for and an object has otherwise. */
interface Difference {
  readonly key: string
  readonly wants: string
  readonly has: string | undefined
}

/** A label may be called like a member of every object. */
const valueOf = (labels: Labels, key: string): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined)

/** Labels that the selector asks for in vain, so many of them at most. */
export const differencesOf = (selector: Labels, labels: Labels, most = Number.POSITIVE_INFINITY): readonly Difference[] => {
  const found: Difference[] = []
  for (const key in selector) {
    pause()
    const [wants = '', has] = [selector[key], valueOf(labels, key)]
    if (has === wants) continue
    found.push({ key, wants, has })
    if (found.length === most) break
  }
  return found
}

/** One that may have been mistyped. */
export const isSlip = ({ wants, has }: Difference): boolean => has !== undefined && isMistyped(wants, has)

/** Does the selector miss by one label that may have been mistyped? */
export function isNearlySelected(selector: Labels, labels: Labels): boolean {
  const [first, second] = differencesOf(selector, labels, 2)
  return first !== undefined && second === undefined && isSlip(first)
}

/** How near a selector comes: fewer is nearer. */
export const farness = remembered((selector: Labels, labels: Labels): number => {
  let sum = 0
  for (const difference of pausing(differencesOf(selector, labels))) sum += isSlip(difference) ? 1 : difference.has === undefined ? 3 : 2
  return sum
})

/** What an object has under a key, as sentences say it. */
export const tellLabel = (key: string, has: string | undefined): string =>
  has === undefined || has === '' ? `no \`${key}\`` : `\`${key}: ${has}\``

/** `selects `app: review`, and `reviews` has `app: reviews``; `whose` is a name in backticks, or words. Many endpoints miss alike: told once for their labels. */
export const tellSelectorMiss = remembered((selector: Labels, labels: Labels, whose: string): string => {
  const differences = differencesOf(selector, labels)
  const first = differences.find(isSlip) ?? differences[0]
  if (first === undefined) return `selects what ${whose} has`
  const { key, wants, has } = first
  return `selects \`${key}: ${wants}\`, and ${whose} has ${tellLabel(key, has)}`
})
