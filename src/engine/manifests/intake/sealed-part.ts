import { canonicalJson } from '../canonical-json.js'
import { sha256 } from '../../model/stored/content-hash.js'
import type { IngestedPart, Places } from '../ingested.js'
import type { Keeper, TakenObject } from './keeper.js'
import { writtenAt } from '../raw-object.js'

/** Objects for the store: each written once, all together hashed. */
export const sealedPart = (): Keeper<string, IngestedPart> => ({
  keep: canonicalJson,
  textOf: (text) => text,
  close: (cluster, objects) => {
    const body = new TextEncoder().encode(`[${objects.map(({ kept }) => kept).join(',')}]`)
    return { cluster, digest: sha256(body), body, places: placesOf(objects) }
  },
})

const placesOf = (objects: readonly TakenObject<string>[]): Places => {
  const files = new Map<string, number>()
  const pairs = objects.map(({ standing }): readonly [number, number] => {
    const { file, line } = writtenAt(standing)
    if (file === null) return [-1, line]
    const known = files.get(file) ?? files.size
    files.set(file, known)
    return [known, line]
  })
  return { files: [...files.keys()], objects: pairs }
}
