import type { Path } from './pointer-trie.js'
import { isRecord, type ObjectIdentity } from './raw-object.js'

type Data = Readonly<Record<string, unknown>>

export interface WithoutSecrets {
  readonly value: Data
  /** Where something was removed. */
  readonly removed: readonly Path[]
}

/** The object without anything that must not be stored. */
export const removeSecrets = (value: Data, identity: ObjectIdentity): WithoutSecrets => {
  const removed: Path[] = []
  if (identity.kind !== 'Secret') return { value, removed }
  const empty = (part: string): Data => {
    const data = value[part]
    if (!isRecord(data)) return {}
    for (const key of Object.keys(data)) removed.push([part, key])
    return { [part]: Object.fromEntries(Object.keys(data).map((key) => [key, ''])) }
  }
  return { value: { ...value, ...empty('data'), ...empty('stringData') }, removed }
}
