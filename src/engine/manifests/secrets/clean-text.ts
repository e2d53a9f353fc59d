import { addressSign, cleanAddresses } from './clean-addresses.js'
import { cleanCommands, commandSign } from './clean-commands.js'
import { cleanKeys } from './clean-keys.js'
import { cleanMarkup, markupSign } from './clean-markup.js'
import { assignmentSign, cleanSettings, settingSign } from './clean-settings.js'
import { cleanEncoded, encodedSign } from './clean-encoded.js'
import type { SecretKind, TellSecret } from './tell-secret.js'

/** How a text is read: prose in which something may be assigned, or settings, a script, a file. */
export type TextReading = 'PROSE' | 'SETTINGS'

export interface TextPlace {
  readonly reading: TextReading
  /** The text is an address as a whole. */
  readonly isAddress?: boolean
}

/** How often an encoding is looked through. */
const layers = 3

/** No shorter text is looked into. */
const shortestSecret = 6

/** A Secret or a kubeconfig written out: nothing of it may stay. */
const secretKind = /(?<![\w])\\{0,3}"?kind\\{0,3}"?[ \t]{0,20}:[ \t]{0,20}\\{0,3}["']?Secret(?:List)?(?![\w])/
const secretData = /(?<![\w])(?:data|stringData)\\{0,3}"?[ \t]{0,20}:/
const configKind = /current-context|kind\\{0,3}"?[ \t]{0,20}:[ \t]{0,20}\\{0,3}["']?Config(?![\w])/
/** Objects of Kubernetes, and lists of what a store holds: their fields name other objects. */
const manifest = /(?:^|\n)[ \t]{0,40}(?:- )?(?:kind|apiVersion|objectName|secretPath): /

const isKubeconfig = (text: string): boolean => text.includes('clusters') && text.includes('users') && configKind.test(text)

const longestPlain = 64
const longestPiece = 15

/** Tokens that may consist of short pieces. */
const begunLikeToken = /^(?:xox|xapp|sk-|gl[a-z]{2,5}-)/

/**
 * Is the text words, names and numbers with separators, as most values are? No form of a secret is made of these alone as long as their
 * pieces are short. Cheaper than to clean it, and true of nothing that cleaning would change.
 */
export const isPlainText = (text: string): boolean => {
  if (text.length >= longestPlain) return false
  let piece = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
    if (isLetter || (code >= 0x30 && code <= 0x39)) piece += 1
    else if (code >= 0x2d && code <= 0x2f) piece = 0
    else return false
    if (piece > longestPiece) return false
  }
  return !begunLikeToken.test(text)
}

/**
 * The text without private keys, tokens, credentials and whatever is named like a secret, as they are or under base64 and hex; the same
 * text where there are none. Cleaning twice changes nothing. Linear in the length of the text.
 */
export const cleanText = (text: string, place: TextPlace, tell: TellSecret): string => {
  let kept = text
  for (let round = 0; round < rounds; round++) {
    if (kept.length < shortestSecret || isPlainText(kept)) return kept
    const clean = withoutSecrets(kept, place, 1, tell)
    if (clean === kept) return kept
    kept = clean
  }
  return ''
}

/** What is left may read otherwise, so it is looked at again. What does not come to rest was made to confuse: nothing of it stays. */
const rounds = 3

/** Each form is looked for only where the text has something that it cannot do without. `layer`: of so many encodings this is what is inside, itself counted. */
const withoutSecrets = (text: string, place: TextPlace, layer: number, tell: TellSecret): string => {
  const written = writtenOut(text)
  if (written !== undefined) {
    tell(written)
    return ''
  }
  let clean = cleanKeys(text, tell)
  if (addressSign.test(clean)) clean = cleanAddresses(clean, place.isAddress === true, tell)
  if (settingSign.test(clean) && assignmentSign.test(clean)) clean = cleanAssigned(clean, place.reading === 'PROSE', tell)
  if (place.reading === 'SETTINGS') {
    if (markupSign.test(clean)) clean = cleanMarkup(clean, 'SETTING', tell)
    if (commandSign.test(clean)) clean = cleanCommands(clean, tell)
  }
  return clean.length >= 32 && layer <= layers && encodedSign.test(clean)
    ? cleanEncoded(clean, (inner) => holdsSecret(inner, layer + 1), tell)
    : clean
}

/** Nothing of such a text may stay. */
const writtenOut = (text: string): SecretKind | undefined => {
  if (isKubeconfig(text)) return 'KUBECONFIG'
  return text.includes('Secret') && secretKind.test(text) && secretData.test(text) ? 'SECRET_DATA' : undefined
}

const cleanAssigned = (text: string, isProse: boolean, tell: TellSecret): string =>
  cleanSettings(text, { isProse, place: manifest.test(text) ? 'FIELD' : 'SETTING' }, tell)

const holdsSecret = (text: string, layer: number): boolean =>
  text.length >= shortestSecret && !isPlainText(text) && withoutSecrets(text, { reading: 'SETTINGS' }, layer, () => undefined) !== text
