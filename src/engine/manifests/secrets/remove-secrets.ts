import type { Path } from '../parsing/pointer-trie.js'
import { isRecord } from '../raw-object.js'
import { withoutSecretArgument } from './without-secret-argument.js'
import { cleanFile } from './clean-file.js'
import { cleanText, isPlainText } from './clean-text.js'
import { isSecretValue } from './is-harmless-value.js'
import { factsOf, type KeyFacts } from './key-facts.js'
import { type MemberPlace, placeBelow } from './place-below.js'
import { reduceSecret } from './reduce-secret.js'
import type { SecretKind } from './tell-secret.js'
import { type Suspicion, suspicionOf } from './suspicion-of.js'

type Data = Readonly<Record<string, unknown>>

/** Something that was taken out: where, and by which rule. */
export interface Removal {
  readonly path: Path
  readonly kind: SecretKind
}

export interface WithoutSecrets<T> {
  readonly value: T
  readonly removed: readonly Removal[]
}

/** Walk over one object; `path` is where it is. Copies only what it changes: an aliased part may be shared. */
interface Walk {
  readonly path: (string | number)[]
  readonly removed: Removal[]
}

/** How a value is looked at: by the name that it stands under, among which others, and what names further up let suspect. */
interface Look {
  readonly facts: KeyFacts
  readonly place: MemberPlace
  /** What stands here because of the name above or beside; undefined: what its own name says. */
  readonly suspicion: Suspicion | undefined
  /** What members that carry values are suspected of, because of a name further up. */
  readonly named: Suspicion | undefined
  /** In an object that a Secret is made of: a SealedSecret, an ExternalSecret. */
  readonly makesSecret: boolean
}

const nameless = factsOf('')
const topmost: Look = { facts: nameless, place: 'FIELD', suspicion: undefined, named: undefined, makesSecret: false }

const lastApplied = /(?:^|[/.-])last-applied(?:-configuration)?$/

/**
 * The value without anything that must not be stored (G7): values of Secrets, wherever one stands; private keys, tokens,
 * kubeconfigs and credentials in any text; literal values of what is named like a secret; last-applied copies.
 */
export const removeSecrets = <T>(value: T): WithoutSecrets<T> => {
  const walk: Walk = { path: [], removed: [] }
  const clean = visit(walk, value, topmost)
  // The walk changes texts and leaves members out; it changes no shape that T could tell.
  return { value: clean as T, removed: walk.removed }
}

const visit = (walk: Walk, value: unknown, look: Look): unknown => {
  if (typeof value === 'string') return visitText(walk, value, look)
  if (Array.isArray(value)) return visitItems(walk, value, look)
  if (typeof value === 'number') return visitNumber(walk, value, look)
  return isRecord(value) ? visitObject(walk, value, look) : value
}

const tellHere = ({ path, removed }: Walk, kind: SecretKind): void => void removed.push({ path: [...path], kind })

const suspicionHere = ({ facts, place, suspicion, named }: Look): Suspicion | undefined => {
  if (suspicion !== undefined) return suspicion
  if (place === 'ENCRYPTED') return 'ALWAYS'
  // A variable is one wherever it stands.
  const said = facts.says?.[place === 'FIELD' && facts.isVariable ? 'SETTING' : place]
  return said ?? (named === undefined ? undefined : carriedBy(facts, named))
}

/** A part or a pattern is a secret only where it looks like made at random. */
const carriedBy = (facts: KeyFacts, named: Suspicion): Suspicion | undefined => (facts.carries === 'ALWAYS' ? named : facts.carries)

/** What a name says of the members below it: what may be a mode says little of a whole object. */
const below = (suspicion: Suspicion | undefined): Suspicion | undefined => (suspicion === 'UNLESS_WORD' ? 'IF_GENERATED' : suspicion)

/** Kept in full by a name, such as of a password, that would be cut off at its first words by none. */
const publicBlock =
  /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|TRUSTED CERTIFICATE|X509 CRL)-----[^-]*-----END [A-Z0-9 ]{3,40}-----/g
const isPublic = (text: string): boolean => text.includes('-----BEGIN') && text.replace(publicBlock, '').trim() === ''
const structured = /\.(?:ya?ml|json|properties|xml|conf|cfg|ini|toml|env|sh|py|js|ts|lua|tf|hcl|md|tpl|tmpl|sql|rb|php)$/i

const readingOf = (text: string, { facts, place }: Look): 'PROSE' | 'SETTINGS' => {
  if (facts.isProse && place === 'FIELD') return 'PROSE'
  const isSetting = place === 'ENCRYPTED' || place === 'ANNOTATION' || (place === 'SETTING' && facts !== nameless)
  return isSetting || facts.isCode || text.includes('\n') ? 'SETTINGS' : 'PROSE'
}

const visitText = (walk: Walk, text: string, look: Look): string => {
  const { facts, place } = look
  const suspicion = suspicionHere(look)
  if (suspicion === undefined && isPlainText(text)) return text
  const isWhole = suspicion !== undefined && !isPublic(text) && !(place === 'SETTING' && structured.test(facts.key))
  if (isWhole && isSecretValue(suspicion, text)) {
    tellHere(walk, place === 'ENCRYPTED' ? 'SECRET_DATA' : 'NAMED_VALUE')
    return ''
  }
  const kinds: SecretKind[] = []
  const tell = (kind: SecretKind): void => void kinds.push(kind)
  const filed = place === 'SETTING' ? cleanFile(facts.key, text, tell) : text
  const clean = cleanText(filed, { reading: readingOf(text, look), isAddress: facts.isAddress }, tell)
  if (clean !== text) tellHere(walk, kinds[0] ?? 'NAMED_VALUE')
  return clean
}

/** A shorter number under a name such as `token` is an amount. */
const longNumber = 1e6
const namesPassword = /pass|pwd|pin$/i

const visitNumber = (walk: Walk, value: number, look: Look): unknown => {
  if (suspicionHere(look) !== 'ALWAYS' || (Math.abs(value) < longNumber && !namesPassword.test(look.facts.key))) return value
  tellHere(walk, 'NAMED_VALUE')
  return ''
}

const visitItems = (walk: Walk, items: readonly unknown[], look: Look): readonly unknown[] => {
  const { facts, place } = look
  const inside: Look = { ...look, facts: nameless, suspicion: suspicionHere(look), place: facts.isArguments ? 'SETTING' : place }
  const isQuiet = inside.suspicion === undefined && !facts.isArguments
  let copy: unknown[] | undefined
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    if (isQuiet && typeof item === 'string' && isPlainText(item)) continue
    walk.path.push(index)
    const clean = typeof item === 'string' ? visitTextItem(walk, items, index, inside, facts) : visitOtherItem(walk, item, inside)
    walk.path.pop()
    if (clean !== item) (copy ??= [...items])[index] = clean
  }
  return copy ?? items
}

/** An object is named by its own members. */
const visitOtherItem = (walk: Walk, item: unknown, look: Look): unknown =>
  visit(walk, item, isRecord(item) && look.suspicion !== undefined ? { ...look, suspicion: undefined } : look)

const scripted = factsOf('script')

const visitTextItem = (walk: Walk, items: readonly unknown[], index: number, look: Look, list: KeyFacts): string => {
  const item = String(items[index])
  if (list.key === 'literals' && walk.path.includes('secretGenerator')) return withoutLiteral(walk, item)
  if (!list.isArguments) return visitText(walk, item, look)
  const argument = withoutSecretArgument(items, index)
  if (argument === undefined || argument === item) return visitText(walk, item, { ...look, facts: scripted })
  tellHere(walk, 'COMMAND_PASSWORD')
  return argument
}

/** `name=value` of a kustomization's generator, without its value. */
const withoutLiteral = (walk: Walk, literal: string): string => {
  const at = literal.indexOf('=')
  if (at < 0 || at === literal.length - 1) return literal
  tellHere(walk, 'SECRET_DATA')
  return literal.slice(0, at + 1)
}

const isSecret = (value: Data): boolean =>
  typeof value.kind === 'string' &&
  value.kind.trim().toLowerCase() === 'secret' &&
  (typeof value.apiVersion === 'string' || isRecord(value.data) || isRecord(value.stringData))

const makesSecret = (value: Data): boolean =>
  typeof value.kind === 'string' && typeof value.apiVersion === 'string' && /secret/i.test(value.kind)

const visitObject = (walk: Walk, value: Data, look: Look): Data => {
  if (isSecret(value)) {
    const reduced = reduceSecret(value, (path) => walk.removed.push({ path: [...walk.path, ...path], kind: 'SECRET_DATA' }))
    return visitMembers(walk, reduced, { ...topmost, facts: look.facts }, secretMembers)
  }
  const above: Look = makesSecret(value) ? { ...look, makesSecret: true } : look
  const named = below(suspicionHere(above)) ?? above.named
  const inside = named === above.named ? above : { ...above, named }
  return visitMembers(walk, value, inside, value.kind === 'ConfigMap' ? configMapMembers : undefined)
}

const secretMembers: Places = { data: null, stringData: null, remoteClusters: null }
const configMapMembers: Places = { data: 'SETTING', binaryData: 'ENCRYPTED' }

const jwkMember = /^(?:k|d|p|q|dp|dq|qi|oth)$/
const pairNames = ['name', 'key', 'header', 'headerName', 'header_name', 'param'] as const

/** What the name beside a value says of it: `{ name: TOKEN, value: x }`, `{ key: request.headers[x-api-key], values: [x] }`. */
const pairedSuspicion = (value: Data, { place, makesSecret: inMaker }: Look): Suspicion | undefined => {
  if (inMaker && typeof value.key === 'string' && typeof value.value === 'string') return 'ALWAYS'
  const isLabel = typeof value.operator === 'string' || typeof value.effect === 'string'
  for (const name of pairNames) {
    const text = value[name]
    if (typeof text !== 'string') continue
    const suspicion = suspicionOf(text, isLabel ? 'LABEL' : place === 'HEADER' || text.includes('headers[') ? 'HEADER' : 'SETTING')
    if (suspicion !== undefined) return suspicion
  }
  return undefined
}

const pairedDefault = /^(?:default|string_?match)$/i

/** By the name beside it, which is looked at only where a member carries a value. */
const bySide = (value: Data, facts: KeyFacts, look: Look): Suspicion | undefined => {
  if (typeof value.kty === 'string' && jwkMember.test(facts.key)) return 'ALWAYS'
  const isDefault = facts.carries === undefined && pairedDefault.test(facts.key)
  if (facts.carries === undefined && !isDefault) return undefined
  const paired = pairedSuspicion(value, look)
  return paired === undefined || isDefault ? paired : carriedBy(facts, paired)
}

type Places = Readonly<Record<string, MemberPlace | null>>

/** `places`: of members that are read otherwise than their place says; null leaves them as they are. */
const visitMembers = (walk: Walk, sent: Data, look: Look, places: Places | undefined): Data => {
  const value = look.facts.key.endsWith('nnotations') ? withoutLastApplied(sent) : sent
  let copy: Record<string, unknown> | undefined
  for (const key in value) {
    const member = value[key]
    const facts = factsOf(key)
    if (isQuiet(member, facts, look) || places?.[key] === null) continue
    walk.path.push(key)
    const clean = visit(walk, member, lookBelow(value, key, facts, look, places))
    walk.path.pop()
    if (clean !== member) put((copy ??= { ...value }), key, clean)
  }
  return copy ?? value
}

/** Neither its name nor its text tells of a secret, as of most. */
const isQuiet = (member: unknown, { says, carries }: KeyFacts, { place }: Look): boolean => {
  if (member === null || typeof member === 'boolean') return true
  if (says !== undefined || carries !== undefined || place === 'ENCRYPTED') return false
  return typeof member === 'string' ? isPlainText(member) : typeof member === 'number'
}

const lookBelow = (value: Data, key: string, facts: KeyFacts, look: Look, places: Places | undefined): Look => ({
  facts,
  place: statedPlace(places, key) ?? membersPlace(key, value[key], look),
  suspicion: bySide(value, facts, look),
  named: look.named,
  makesSecret: look.makesSecret,
})

const withoutLastApplied = (annotations: Data): Data =>
  Object.keys(annotations).some((key) => lastApplied.test(key))
    ? Object.fromEntries(Object.entries(annotations).filter(([key]) => !lastApplied.test(key)))
    : annotations

const statedPlace = (places: Places | undefined, key: string): MemberPlace | undefined =>
  places !== undefined && Object.hasOwn(places, key) ? (places[key] ?? undefined) : undefined

const membersPlace = (key: string, member: unknown, { place, makesSecret: inMaker }: Look): MemberPlace => {
  if (!isRecord(member)) return place
  return inMaker && key === 'data' ? 'ENCRYPTED' : placeBelow(key, place)
}

/** `__proto__` may be a key of a free map: it is set as a member, never as the prototype. */
const put = (into: Record<string, unknown>, key: string, value: unknown): void => {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true })
}
