import { pause } from '../../pause.js'
import { putMember } from '../../put-member.js'
import { openList } from '../intake/open-list.js'
import type { Path } from '../parsing/pointer-trie.js'
import { isRecord } from '../raw-object.js'
import { cleanMember, isSecretNumber, knownTexts } from './clean-member.js'
import { isPlainText } from './clean-text.js'
import { comparedIn, type IsCompared } from './is-compared.js'
import { factsOf, type KeyFacts } from './key-facts.js'
import { isCalm, type Look, lookAtMember, lookInside, nameless, lookAtItems, suspicionHere, topmost } from './look.js'
import type { MemberPlace } from './suspicion-of.js'
import { reduceSecret } from './reduce-secret.js'
import { removedValue } from './removed-value.js'
import type { SecretKind } from './tell-secret.js'
import { withoutSecretArgument } from './without-secret-argument.js'

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
  readonly isCompared: IsCompared
  /** What stands before the arguments of a container. */
  command: readonly unknown[]
}

/**
 * The value without anything that must not be stored (G7): values of Secrets, wherever one stands; private keys, tokens,
 * kubeconfigs and credentials in any text; literal values of what is named like a secret; last-applied copies.
 *
 * Most values of an object are plain and stand under a name that says nothing: they cost a look at the name, which is known, and at the text.
 */
export const removeSecrets = <T>(value: T): WithoutSecrets<T> => {
  const walk: Walk = { path: [], removed: [], isCompared: comparedIn(value), command: [] }
  const clean = visit(walk, value, nameless, topmost)
  // The walk changes texts and leaves members out; it changes no shape that T could tell.
  return { value: clean as T, removed: walk.removed }
}

const visit = (walk: Walk, value: unknown, facts: KeyFacts, look: Look): unknown => {
  if (typeof value === 'string') return visitText(walk, value, facts, look)
  if (Array.isArray(value)) return visitItems(walk, value, facts, look)
  if (typeof value === 'number') return isSecretNumber(value, facts, look) ? withoutAny(walk, 'NAMED_VALUE') : value
  return isRecord(value) ? visitObject(walk, value, facts, look) : value
}

const tellHere = ({ path, removed }: Walk, kind: SecretKind): void => void removed.push({ path: [...path], kind })

const withoutAny = (walk: Walk, kind: SecretKind): string => {
  tellHere(walk, kind)
  return left(walk, '')
}

/** Of a text that requests are compared with nothing stays: a part of it would be another. A path stays one. */
const left = ({ path, isCompared }: Walk, clean: string): string =>
  isCompared(path) ? `${clean.startsWith('/') ? '/' : ''}${removedValue}` : clean

const visitText = (walk: Walk, text: string, facts: KeyFacts, look: Look): string => {
  if (isPlainText(text) && suspicionHere(facts, look) === undefined) return text
  const clean = cleanMember(text, facts, look, (kind) => tellHere(walk, kind))
  return clean === text ? text : left(walk, clean)
}

const visitItems = (walk: Walk, items: readonly unknown[], facts: KeyFacts, look: Look): readonly unknown[] => {
  const inside = lookAtItems(facts, look)
  const mayBeQuiet = inside.suspicion === undefined && !facts.isArguments
  let copy: unknown[] | undefined
  for (let index = 0; index < items.length; index++) {
    pause()
    const item = items[index]
    if (mayBeQuiet && isQuiet(item, nameless, inside)) continue
    walk.path.push(index)
    const clean = typeof item === 'string' ? visitTextItem(walk, items, index, inside, facts) : visitOtherItem(walk, item, inside)
    walk.path.pop()
    if (clean !== item) (copy ??= [...items])[index] = clean
  }
  return copy ?? items
}

/** An object is named by its own members. */
const visitOtherItem = (walk: Walk, item: unknown, look: Look): unknown => {
  if (!isRecord(item)) return visit(walk, item, nameless, look)
  return isCalm(look)
    ? visitMembers(walk, item, nameless, look, undefined)
    : visitObject(walk, item, nameless, look.suspicion === undefined ? look : { ...look, suspicion: undefined })
}

const scripted = factsOf('script')

const visitTextItem = (walk: Walk, items: readonly unknown[], index: number, look: Look, list: KeyFacts): string => {
  const item = String(items[index])
  if (list.isLiterals && walk.path.includes('secretGenerator')) return withoutLiteral(walk, item)
  if (!list.isArguments) return visitText(walk, item, nameless, look)
  const argument = withoutSecretArgument(items, index, walk.command)
  if (argument === undefined || argument === item) return visitText(walk, item, scripted, look)
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

const visitObject = (walk: Walk, value: Data, facts: KeyFacts, look: Look): Data =>
  visitMembers(walk, facts.isAnnotations ? withoutLastApplied(value) : value, facts, lookInside(facts, look, look.makesSecret), undefined)

const isSecret = (value: Data, kind: string): boolean =>
  kind.trim().toLowerCase() === 'secret' && (typeof value.apiVersion === 'string' || isRecord(value.data) || isRecord(value.stringData))

const mayBeReadByKind = (kind: unknown): kind is string => typeof kind === 'string' && /secret|^ConfigMap$/i.test(kind)

/** An object whose kind may say how its members are read. */
const visitByKind = (walk: Walk, value: Data, kind: string, facts: KeyFacts, look: Look): Data => {
  if (isSecret(value, kind)) {
    const reduced = reduceSecret(value, (path) => walk.removed.push({ path: [...walk.path, ...path], kind: 'SECRET_DATA' }))
    return visitMembers(walk, reduced, facts, topmost, secretMembers)
  }
  const list = kind === 'SecretList' ? openList(value) : undefined
  if (list !== undefined) {
    const items = list.items.map((item) => (isRecord(item) ? list.itemOf(item) : item))
    return visitMembers(walk, { ...value, items }, facts, look, likeAny)
  }
  const makesSecret = look.makesSecret || (typeof value.apiVersion === 'string' && /secret/i.test(kind))
  return visitMembers(walk, value, facts, { ...look, makesSecret }, kind === 'ConfigMap' ? configMapMembers : likeAny)
}

/** Members that are read otherwise than their place says; null leaves them as they are. */
type Places = ReadonlyMap<string, MemberPlace | null>

const secretMembers: Places = new Map([
  ['data', null],
  ['stringData', null],
  ['remoteClusters', null],
])
const likeAny: Places = new Map()
const configMapMembers: Places = new Map([
  ['data', 'SETTING'],
  ['binaryData', 'ENCRYPTED'],
])

/** `places`: undefined where nobody has looked for a kind yet. It stands anywhere among the members; where it may say how they are read, all are read anew. */
const visitMembers = (walk: Walk, value: Data, above: KeyFacts, look: Look, places: Places | undefined): Data => {
  const before = walk.removed.length
  let copy: Record<string, unknown> | undefined
  for (const key in value) {
    pause()
    const member = value[key]
    if (saysNothing(member)) continue
    if (places === undefined && key === 'kind' && mayBeReadByKind(member)) {
      walk.removed.length = before
      return visitByKind(walk, value, member, above, look)
    }
    const facts = factsOf(key)
    const stated = places?.get(key)
    if (stated === null || isQuiet(member, facts, look)) continue
    walk.path.push(key)
    const clean = visitMember(walk, value, member, facts, look, stated)
    walk.path.pop()
    if (clean !== member) putMember((copy ??= { ...value }), key, clean)
  }
  return copy ?? value
}

const saysNothing = (member: unknown): boolean => member === null || typeof member === 'boolean'

/** Most objects and lists have a name that changes nothing of how they are looked at. */
const visitMember = (walk: Walk, object: Data, member: unknown, facts: KeyFacts, look: Look, stated: MemberPlace | undefined): unknown => {
  if (facts.isArguments) walk.command = Array.isArray(object.command) && object.command !== member ? object.command : []
  if (!facts.isTransparent || typeof member !== 'object' || stated !== undefined || !isCalm(look))
    return visit(walk, member, facts, lookAtMember(object, facts, member, look, stated))
  return Array.isArray(member) ? visitItems(walk, member, facts, look) : visitMembers(walk, member as Data, facts, look, undefined)
}

/** Neither its name nor its text tells of a secret, as of most. */
const isQuiet = (member: unknown, facts: KeyFacts, { place, each }: Look): boolean => {
  if (each !== undefined) return false
  if (typeof member === 'string')
    return facts.isMute && place !== 'ENCRYPTED' && (isPlainText(member) || knownTexts(facts, place).has(member))
  return typeof member === 'number' && facts.isMute && place !== 'ENCRYPTED'
}

const lastApplied = /(?:^|[/.-])last-applied(?:-configuration)?$/

const withoutLastApplied = (annotations: Data): Data =>
  Object.keys(annotations).some((key) => lastApplied.test(key))
    ? Object.fromEntries(Object.entries(annotations).filter(([key]) => !lastApplied.test(key)))
    : annotations
