import type { KeyFacts } from './key-facts.js'
import type { MemberPlace } from './place-below.js'

/** How the texts under a name are read: as prose, as settings, or as settings where they have several lines. */
export type Style = 'PROSE' | 'SETTINGS' | 'BY_LINES'

/** By the name and where it stands; what has no name among settings is an item of a list. */
export const styleOf = ({ key, isProse, isCode }: KeyFacts, place: MemberPlace): Style => {
  if (place === 'FIELD' && isProse) return 'PROSE'
  const isSetting = place === 'ENCRYPTED' || place === 'ANNOTATION' || (place === 'SETTING' && key !== '')
  return isSetting || isCode ? 'SETTINGS' : 'BY_LINES'
}

type Lists = Readonly<Record<Style, Set<string>>>
const newLists = (): Lists => ({ PROSE: new Set(), SETTINGS: new Set(), BY_LINES: new Set() })

/** Texts in which nothing was found. Values repeat, and to remember one costs a hundredth of looking for every form in it. */
const known = newLists()
const knownAddresses = newLists()

/** Those of them that were read as a text under this name is: nothing else has a say in what is found, unless the name says something itself. */
export const knownTexts = (facts: KeyFacts, place: MemberPlace): Set<string> =>
  (facts.isAddress ? knownAddresses : known)[place === 'FIELD' ? facts.style : styleOf(facts, place)]

const longest = 256
const most = 10_000

/** Up to a bound, and then anew. */
export const remember = (texts: Set<string>, text: string): void => {
  if (text.length > longest) return
  if (texts.size === most) texts.clear()
  texts.add(text)
}
