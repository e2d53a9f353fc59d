import { pause } from '../pause.js'
import { stretchesOf } from '../resources/stretches-of.js'
import { isRaw, type Raw } from '../resources/reading.js'
import type { CheckRules } from '../schemas/cel/cel-rules.js'
import { asksRules } from '../schemas/asks-rules.js'
import { type Checked, checkOriginal } from '../schemas/check-original.js'
import type { SchemaKinds } from '../schemas/schema.js'
import { isOfInterest } from './extensions/is-of-interest.js'
import { isValidated } from './validation/is-validated.js'

/** An object as it came, and who it is; `index` is its position in its cluster's canonical part. */
export interface Original {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly index: number
  /** What its kind's schema says of it; undefined: nothing is known of such a kind. */
  readonly checked: Checked | undefined
  /** Itself, where more is to be asked of it than its schema says. */
  readonly object: Raw | undefined
}

/**
 * What was seen of a version's objects as they came.
 *
 * A snapshot holds what is understood of an object and nothing else, so rules about what was written are handed the writing: each object is held
 * against its schema as it passes by, and only those are kept of which more is asked.
 */
export interface Originals {
  /** A cluster's objects of which something may be told, in canonical order. */
  readonly of: ReadonlyMap<string, readonly Original[]>
  /** Runs rules in CEL; absent where no object has any. */
  readonly checkRules: CheckRules | undefined
}

/** Notices of an object what rules may tell of it later; undefined: nothing. */
export const noticeOriginal =
  (kinds: SchemaKinds) =>
  (object: unknown, index: number): Original | undefined => {
    if (!isRaw(object)) return undefined
    const checked = checkOriginal(kinds, object)
    const original = identified(object, index, checked)
    const isKept = (checked?.schema !== undefined && asksRules(checked.schema, object)) || isValidated(original) || isOfInterest(object)
    if (isKept) return { ...original, object }
    return checked !== undefined && checked.isNoteworthy ? original : undefined
  }

const identified = (object: Raw, index: number, checked: Checked | undefined): Original => {
  const metadata = isRaw(object['metadata']) ? object['metadata'] : {}
  return {
    apiVersion: text(object['apiVersion']),
    kind: text(object['kind']),
    namespace: text(metadata['namespace']),
    name: text(metadata['name']),
    index,
    checked,
    object: undefined,
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The same of the canonical bytes of a cluster's part, a stretch of it at a time. */
export function* noticeOriginals(kinds: SchemaKinds, body: Uint8Array): Generator<undefined, readonly Original[]> {
  const notice = noticeOriginal(kinds)
  const noticed: Original[] = []
  let index = 0
  for (const objects of stretchesOf(body)) {
    if (typeof objects === 'string') throw new Error(`a stored part ${objects}`)
    for (const object of objects) {
      pause()
      const original = notice(object, index++)
      if (original !== undefined) noticed.push(original)
    }
    yield undefined
  }
  return noticed
}

/** Does any object have to be asked rules? */
export const needsRules = (of: Originals['of']): boolean =>
  [...of.values()].some((originals) => originals.some(({ checked, object }) => object !== undefined && checked?.schema?.ruled === true))
