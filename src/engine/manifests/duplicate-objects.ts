import type { Fault, Problem } from '../model/app-error.js'
import type { Duplicate } from './ingest-cluster.js'
import { limits } from './parsing/limits.js'
import { pointerOf } from './parsing/pointer-trie.js'
import type { RawObject } from './raw-object.js'

const place = ({ origin: { file }, line }: RawObject): string => `${file ?? 'the document'}${line === 0 ? '' : `:${line}`}`

/** Two different objects of one name: which of them holds cannot be told, so neither is stored. Names both places. */
export const duplicateObjects = (duplicates: readonly Duplicate[]): Problem => {
  const errors = duplicates.slice(0, limits.faults / 2).flatMap(({ cluster, identity, first, second }): readonly Fault[] => {
    const name = identity.namespace === '' ? identity.name : `${identity.namespace}/${identity.name}`
    const detail = `${identity.kind} \`${name}\` of cluster \`${cluster}\` stands at ${place(first)} and, differently, at ${place(second)}`
    return [first, second].map(({ path, origin: { file }, line }) => ({
      code: 'DUPLICATE_OBJECT',
      detail,
      pointer: pointerOf(path),
      source: { file, line: line === 0 ? null : line },
    }))
  })
  return { code: 'DUPLICATE_OBJECT', message: errors[0]?.detail ?? 'two different objects have the same name', details: { errors } }
}
