import { createHash } from 'node:crypto'
import { pause, pausing } from '../../pause.js'
import { canonicalForm } from '../canonical-json.js'
import type { IngestedPart, Places } from '../ingested.js'
import type { Keeper, TakenObject } from './keeper.js'
import { closeBracket, comma, openBracket } from '../parsing/yaml/characters.js'
import { writtenAt } from '../raw-object.js'
import { type KeptText, keptText, textStore } from './text-store.js'

/** Looks at an object as its canonical text would be read. */
export type Notice<L> = (object: unknown) => L

interface Sealed<L> extends KeptText {
  readonly noticed: L
}

/** Objects for the store: each written once, and looked at by `notice` before it is let go of; all together hashed. */
export const sealedPart = <L>(notice: Notice<L>): Keeper<Sealed<L>, IngestedPart<L>> => {
  const keepText = textStore()
  return {
    keep: (object) => {
      const { text, value } = canonicalForm(object)
      const { block, start, end } = keepText(text)
      return { block, start, end, noticed: notice(value) }
    },
    textOf: keptText,
    close: (cluster, objects) => {
      const body = listOf(objects)
      const noticed = objects.map(({ kept }) => kept.noticed)
      return { cluster, digest: digestOf(body), body, places: placesOf(objects), noticed }
    },
  }
}

export const noticeNothing: Notice<undefined> = () => undefined

/** Bytes that are hashed in one piece. */
const stretch = 1024 * 1024

/** The JSON list of them. */
function listOf(objects: readonly TakenObject<Sealed<unknown>>[]): Uint8Array {
  const length = objects.reduce((sum, { kept: { start, end } }) => sum + end - start + 1, 1)
  const list = Buffer.allocUnsafeSlow(Math.max(length, 2))
  list[0] = openBracket
  let at = 1
  for (const { kept } of pausing(objects)) {
    if (at > 1) list[at++] = comma
    at += kept.block.copy(list, at, kept.start, kept.end)
  }
  list[at] = closeBracket
  return list
}

function digestOf(body: Uint8Array): string {
  const hash = createHash('sha256')
  for (let at = 0; at < body.byteLength; at += stretch) {
    pause()
    hash.update(body.subarray(at, at + stretch))
  }
  return hash.digest('hex')
}

const placesOf = (objects: readonly TakenObject<unknown>[]): Places => {
  const files = new Map<string, number>()
  const pairs = objects.map(({ standing }): readonly [number, number] => {
    pause()
    const { file, line } = writtenAt(standing)
    if (file === null) return [-1, line]
    const known = files.get(file) ?? files.size
    files.set(file, known)
    return [known, line]
  })
  return { files: [...files.keys()], objects: pairs }
}
