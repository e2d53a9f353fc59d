import type { Fault, Problem } from '../../model/app-error.js'
import { limits } from '../parsing/limits.js'
import { pointerOf } from '../parsing/pointer-trie.js'
import type { ObjectIdentity, Standing } from '../raw-object.js'

/** Two different objects that claim to be the same one. */
export interface Duplicate {
  readonly cluster: string
  readonly identity: ObjectIdentity
  readonly first: Standing
  readonly second: Standing
}

export const placeOfRaw = ({ file, line: lineOf }: Standing): string => {
  const line = lineOf()
  return `${file ?? 'the document'}${line === 0 ? '' : `:${line}`}`
}

const describe = ({ cluster, identity, first, second }: Duplicate): string => {
  const name = identity.namespace === '' ? identity.name : `${identity.namespace}/${identity.name}`
  return `${identity.kind} \`${name}\` of cluster \`${cluster}\` stands at ${placeOfRaw(first)} and, differently, at ${placeOfRaw(second)}`
}

/** Two different objects of one name: which of them holds cannot be told, so neither is stored. */
export const duplicateObjects = (duplicates: readonly Duplicate[]): Problem => {
  const errors = duplicates.slice(0, limits.faults / 2).flatMap((duplicate): readonly Fault[] => {
    const detail = describe(duplicate)
    return [duplicate.first, duplicate.second].map(({ path, file, line }) => ({
      code: 'DUPLICATE_OBJECT',
      detail,
      pointer: pointerOf(path),
      source: { file, line: line() || null },
    }))
  })
  return { code: 'DUPLICATE_OBJECT', message: errors[0]?.detail ?? 'two different objects have the same name', details: { errors } }
}
