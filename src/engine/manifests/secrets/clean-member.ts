import { cleanFile } from './clean-file.js'
import { cleanText } from './clean-text.js'
import { isSecretValue } from './is-harmless-value.js'
import type { KeyFacts, Style } from './key-facts.js'
import { type Look, suspicionHere } from './look.js'
import type { MemberPlace } from './suspicion-of.js'
import type { SecretKind, TellSecret } from './tell-secret.js'

/** By the name and where it stands; what has no name among settings is an item of a list. */
const styleOf = ({ isNamed, isProse, isCode }: KeyFacts, place: MemberPlace): Style => {
  if (place === 'FIELD' && isProse) return 'PROSE'
  const isSetting = place === 'ENCRYPTED' || place === 'ANNOTATION' || (place === 'SETTING' && isNamed)
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
const remember = (texts: Set<string>, text: string): void => {
  if (text.length > longest) return
  if (texts.size === most) texts.clear()
  texts.add(text)
}

/** Kept in full by a name, such as of a password, that would be cut off at its first words by none. */
const publicBlock =
  /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|TRUSTED CERTIFICATE|X509 CRL)-----[^-]*-----END [A-Z0-9 ]{3,40}-----/g
const isPublic = (text: string): boolean => text.includes('-----BEGIN') && text.replace(publicBlock, '').trim() === ''

/** The text that stands under a name without what is secret in it: all of it, by its name, or parts, by what they are. */
export const cleanMember = (text: string, facts: KeyFacts, look: Look, tell: TellSecret): string => {
  const { place } = look
  const suspicion = suspicionHere(facts, look)
  if (suspicion === undefined) return cleanUnsuspected(text, facts, place, tell)
  const isWhole = !isPublic(text) && !(place === 'SETTING' && facts.isStructured)
  if (!isWhole || !isSecretValue(suspicion, text)) return cleanParts(text, facts, place, tell)
  tell(place === 'ENCRYPTED' ? 'SECRET_DATA' : 'NAMED_VALUE')
  return ''
}

const cleanUnsuspected = (text: string, facts: KeyFacts, place: MemberPlace, tell: TellSecret): string => {
  if (place === 'SETTING' && facts.inFile.length > 0) return cleanParts(text, facts, place, tell)
  const known = knownTexts(facts, place)
  if (known.has(text)) return text
  const clean = cleanParts(text, facts, place, tell)
  if (clean === text) remember(known, text)
  return clean
}

const cleanParts = (text: string, facts: KeyFacts, place: MemberPlace, tell: TellSecret): string => {
  const kinds: SecretKind[] = []
  const hear = (kind: SecretKind): void => void kinds.push(kind)
  const filed = place === 'SETTING' && facts.inFile.length > 0 ? cleanFile(facts.inFile, text, hear) : text
  const style = styleOf(facts, place)
  const reading = style === 'BY_LINES' ? (filed.includes('\n') ? 'SETTINGS' : 'PROSE') : style
  const clean = cleanText(filed, { reading, isAddress: facts.isAddress }, hear)
  if (clean !== text) tell(kinds[0] ?? 'NAMED_VALUE')
  return clean
}

/** A shorter number under a name such as `token` is an amount. */
const longNumber = 1e6

/** Is the number a secret, by its name? */
export const isSecretNumber = (value: number, facts: KeyFacts, look: Look): boolean =>
  suspicionHere(facts, look) === 'ALWAYS' && (Math.abs(value) >= longNumber || facts.isPassword)
