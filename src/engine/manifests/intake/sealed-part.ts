import { createHash } from 'node:crypto'
import { pause, pausing } from '../../pause.js'
import { canonicalForm } from '../canonical-json.js'
import type { IngestedPart, Places } from '../ingested.js'
import type { Keeper, TakenObject } from './keeper.js'
import { writtenAt } from '../raw-object.js'

/** Looks at an object as its canonical text would be read. */
export type Notice<L> = (object: unknown) => L

interface Sealed<L> {
  readonly text: string
  readonly noticed: L
}

/** Objects for the store: each written once, and looked at by `notice` before it is let go of; all together hashed. */
export const sealedPart = <L>(notice: Notice<L>): Keeper<Sealed<L>, IngestedPart<L>> => ({
  keep: (object) => {
    const { text, value } = canonicalForm(object)
    return { text, noticed: notice(value) }
  },
  textOf: ({ text }) => text,
  close: (cluster, objects) => {
    const body = listOf(objects)
    const noticed = objects.map(({ kept }) => kept.noticed)
    return { cluster, digest: digestOf(body), body, places: placesOf(objects), noticed }
  },
})

export const noticeNothing: Notice<undefined> = () => undefined

/** Characters that are encoded, and bytes that are hashed, in one piece. */
const stretch = 1024 * 1024

/** The JSON list of them. */
function listOf(objects: readonly TakenObject<Sealed<unknown>>[]): Uint8Array {
  const stretches: Buffer[] = []
  let text = '['
  for (const [index, { kept }] of pausing(objects.entries())) {
    text += index === 0 ? kept.text : `,${kept.text}`
    if (text.length < stretch) continue
    stretches.push(Buffer.from(text))
    text = ''
  }
  return Buffer.concat([...stretches, Buffer.from(`${text}]`)])
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
