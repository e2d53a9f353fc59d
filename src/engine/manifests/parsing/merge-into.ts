import { putMember } from '../../put-member.js'
import { isRecord } from '../raw-object.js'
import { refuseYaml } from './refuse-yaml.js'

/** A mapping while its members are read. */
export interface Members {
  readonly mapping: Record<string, unknown>
  /** Members read so far, repeated ones counted again. */
  count: number
  /** The last key of those above, by their order as texts: '' of none. */
  greatest: string
  /** Keys that stand there by a merge only. */
  merged: Set<string> | undefined
}

export const newMembers = (): Members => ({ mapping: {}, count: 0, greatest: '', merged: undefined })

/**
 * Sets a member; false where the mapping said that key before. The last one holds, as for kubectl.
 *
 * Keys of a dump stand in order: one that is beyond all above it is new, and is not looked for.
 */
export const setMember = (members: Members, key: string, value: unknown): boolean => {
  const { mapping, merged } = members
  const isBeyond = key > members.greatest
  const isNew = (isBeyond && merged === undefined) || mapping[key] === undefined || !Object.hasOwn(mapping, key)
  if (isBeyond) members.greatest = key
  putMember(mapping, key, value)
  return isNew || merged?.delete(key) === true
}

/**
 * `<<`: what is merged replaces what stands above it in the mapping, and is replaced by what stands below; of several sources the first
 * wins. That is how kubectl's reader does it, whatever the proposal for YAML said. Returns how many keys it copied.
 */
export const mergeInto = (offset: number, members: Members, value: unknown): number => {
  const sources: readonly unknown[] = Array.isArray(value) ? value : [value]
  members.merged ??= new Set()
  let copied = 0
  for (const from of sources.toReversed()) {
    if (!isRecord(from)) return refuseYaml(offset, 'MERGE_REFUSED', 'a merge key takes a mapping or a list of mappings')
    for (const [key, inherited] of Object.entries(from)) {
      if (!Object.hasOwn(members.mapping, key)) members.merged.add(key)
      putMember(members.mapping, key, inherited)
      copied++
    }
  }
  return copied
}
