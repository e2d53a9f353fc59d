import { cleanFile } from './clean-file.js'
import { cleanText } from './clean-text.js'
import { isSecretValue } from './is-harmless-value.js'
import type { KeyFacts } from './key-facts.js'
import { knownTexts, remember, styleOf } from './known-texts.js'
import { type Look, suspicionHere } from './look.js'
import type { MemberPlace } from './place-below.js'
import type { SecretKind, TellSecret } from './tell-secret.js'

/** Kept in full by a name, such as of a password, that would be cut off at its first words by none. */
const publicBlock =
  /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|TRUSTED CERTIFICATE|X509 CRL)-----[^-]*-----END [A-Z0-9 ]{3,40}-----/g
const isPublic = (text: string): boolean => text.includes('-----BEGIN') && text.replace(publicBlock, '').trim() === ''
const structured = /\.(?:ya?ml|json|properties|xml|conf|cfg|ini|toml|env|sh|py|js|ts|lua|tf|hcl|md|tpl|tmpl|sql|rb|php)$/i

/** The text that stands under a name without what is secret in it: all of it, by its name, or parts, by what they are. */
export const cleanMember = (text: string, facts: KeyFacts, look: Look, tell: TellSecret): string => {
  const { place } = look
  const suspicion = suspicionHere(facts, look)
  if (suspicion === undefined) return cleanUnsuspected(text, facts, place, tell)
  const isWhole = !isPublic(text) && !(place === 'SETTING' && structured.test(facts.key))
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
  const filed = place === 'SETTING' ? cleanFile(facts.inFile, text, hear) : text
  const style = styleOf(facts, place)
  const reading = style === 'BY_LINES' ? (filed.includes('\n') ? 'SETTINGS' : 'PROSE') : style
  const clean = cleanText(filed, { reading, isAddress: facts.isAddress }, hear)
  if (clean !== text) tell(kinds[0] ?? 'NAMED_VALUE')
  return clean
}

/** A shorter number under a name such as `token` is an amount. */
const longNumber = 1e6
const namesPassword = /pass|pwd|pin$/i

/** Is the number a secret, by its name? */
export const isSecretNumber = (value: number, facts: KeyFacts, look: Look): boolean =>
  suspicionHere(facts, look) === 'ALWAYS' && (Math.abs(value) >= longNumber || namesPassword.test(facts.key))
