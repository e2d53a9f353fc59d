import { isRecord } from '../raw-object.js'
import { factsOf, type KeyFacts } from './key-facts.js'
import { type MemberPlace, type NamePlace, type Suspicion, suspicionOf } from './suspicion-of.js'

type Data = Readonly<Record<string, unknown>>

/** How values are looked at besides what their own names say: one for all members of an object, but for those that something sets apart. */
export interface Look {
  readonly place: MemberPlace
  /** What stands here because of the name above or beside; undefined: what its own name says. */
  readonly suspicion: Suspicion | undefined
  /** What members that carry values are suspected of, because of a name further up. */
  readonly named: Suspicion | undefined
  /** What members are suspected of whatever they are called, because of the name of their object. */
  readonly each: Suspicion | undefined
  /** In an object that a Secret is made of: a SealedSecret, an ExternalSecret. */
  readonly makesSecret: boolean
}

/** What an item of a list is called. */
export const nameless = factsOf('')
export const topmost: Look = { place: 'FIELD', suspicion: undefined, named: undefined, each: undefined, makesSecret: false }

/** Nothing around suspects what stands here: it is looked at by its own names alone. */
export const isCalm = ({ place, suspicion, each }: Look): boolean => suspicion === undefined && each === undefined && place !== 'ENCRYPTED'

/** What a value of this name is suspected of. */
export const suspicionHere = (facts: KeyFacts, { place, suspicion, named, each }: Look): Suspicion | undefined => {
  if (suspicion !== undefined) return suspicion
  if (place === 'ENCRYPTED') return 'ALWAYS'
  const said = saidOf(facts, place)
  if (said !== undefined) return said
  if (each !== undefined && facts.isNamed && !facts.describesOthers) return each
  return facts.isMute || named === undefined ? undefined : carriedBy(facts, named)
}

/** By its own name; a variable is one wherever it stands. */
const saidOf = ({ isMute, isVariable, says }: KeyFacts, place: NamePlace): Suspicion | undefined =>
  isMute ? undefined : says?.[place === 'FIELD' && isVariable ? 'SETTING' : place]

/** A part or a pattern is a secret only where it looks like made at random. */
const carriedBy = (facts: KeyFacts, named: Suspicion): Suspicion | undefined => (facts.carries === 'ALWAYS' ? named : facts.carries)

/** Looks at what is in an object of this name: what the name says of it, it says of those that carry values. */
export const lookInside = (facts: KeyFacts, look: Look, makesSecret: boolean): Look => {
  const named = namedBelow(suspicionHere(facts, look), look)
  const { each } = facts
  return makesSecret === look.makesSecret && named === look.named && each === look.each ? look : { ...look, named, each, makesSecret }
}

/** What may be a mode says little of a whole object. */
const namedBelow = (above: Suspicion | undefined, look: Look): Suspicion | undefined =>
  (above === 'UNLESS_WORD' ? 'IF_GENERATED' : above) ?? look.named

/** Looks at the items of a list of this name. */
export const lookAtItems = (facts: KeyFacts, look: Look): Look => {
  const suspicion = suspicionHere(facts, look)
  const place = facts.isArguments ? 'SETTING' : look.place
  const named = namedBelow(suspicion, look)
  if (suspicion === look.suspicion && place === look.place && named === look.named && look.each === undefined) return look
  return { ...look, suspicion, place, named, each: undefined }
}

/** Looks at a member of an object; `stated`: how those below it are named, where it is not by its own name. */
export const lookAtMember = (object: Data, facts: KeyFacts, member: unknown, look: Look, stated: MemberPlace | undefined): Look => {
  const place = stated ?? placeOf(member, facts, look)
  const suspicion = facts.isMute ? undefined : bySide(object, facts, look)
  return place === look.place && suspicion === look.suspicion ? look : { ...look, place, suspicion }
}

/** Items of a list of headers are headers, `{ name: Cookie, value: x }`; other lists hold what their own members name. */
const placeOf = (member: unknown, { isData, below }: KeyFacts, { place, makesSecret }: Look): MemberPlace => {
  if (!isRecord(member)) return below === 'HEADER' && Array.isArray(member) ? placeBelow(below, place) : place
  return makesSecret && isData ? 'ENCRYPTED' : placeBelow(below, place)
}

/** What is in a free map, or among settings, is one of them whatever its name. */
const placeBelow = (named: MemberPlace | undefined, place: MemberPlace): MemberPlace =>
  named !== undefined && (named === 'ENCRYPTED' || place === 'FIELD' || place === 'HEADER') ? named : place

/** By the name beside it, which is looked at only where a member carries a value. */
const bySide = (object: Data, facts: KeyFacts, look: Look): Suspicion | undefined => {
  if (facts.isKeyPart && typeof object.kty === 'string') return 'ALWAYS'
  if (facts.carries === undefined && !facts.isDefault) return undefined
  const paired = pairedSuspicion(object, look)
  return paired === undefined || facts.isDefault ? paired : carriedBy(facts, paired)
}

/** What a name beside a value says of it: `{ name: TOKEN, value: x }`, `{ key: request.headers[x-api-key], values: [x] }`. */
const pairedSuspicion = (object: Data, { place, makesSecret }: Look): Suspicion | undefined => {
  if (makesSecret && typeof object.key === 'string' && typeof object.value === 'string') return 'ALWAYS'
  const isPattern = object.type === 'RegularExpression'
  let least: Suspicion | undefined
  for (const key in object) {
    const name = factsOf(key).namesOther || (key === 'path' && typeof object.op === 'string') ? object[key] : undefined
    const suspicion = typeof name === 'string' ? suspicionOf(name, pairedPlace(object, name, place)) : undefined
    if (suspicion === 'ALWAYS') return isPattern ? 'IF_GENERATED' : suspicion
    least ??= suspicion
  }
  return least
}

const pairedPlace = (object: Data, name: string, place: MemberPlace): NamePlace => {
  if (typeof object.operator === 'string' || typeof object.effect === 'string') return 'LABEL'
  return place === 'HEADER' || name.includes('headers[') ? 'HEADER' : 'SETTING'
}
