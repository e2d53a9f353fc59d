import { refuseYaml } from './refuse-yaml.js'

/** Keys as the Kubernetes converter to JSON writes them: numbers and booleans become text. */
const keyText = (source: string, offset: number, key: unknown): string => {
  if (typeof key === 'string') return key
  if (typeof key === 'number' || typeof key === 'boolean') return String(key)
  return refuseYaml(source, offset, 'KEY_REFUSED', 'a key must be a string, a number or a boolean')
}

/** `__proto__` becomes an ordinary own member, never a prototype. */
const put = (mapping: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === '__proto__') Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true })
  else mapping[key] = value
}

export const setKey = (
  source: string,
  offset: number,
  mapping: Record<string, unknown>,
  merged: Set<string> | undefined,
  key: unknown,
  value: unknown,
): void => {
  const name = keyText(source, offset, key)
  if (Object.hasOwn(mapping, name) && merged?.delete(name) !== true)
    refuseYaml(source, offset, 'KEY_REPEATED', 'the same key stands twice in one mapping')
  put(mapping, name, value)
}

/** `<<`: keys written in the mapping itself win, then the first source. Returns how many keys it copied. */
export const mergeInto = (
  source: string,
  offset: number,
  mapping: Record<string, unknown>,
  merged: Set<string>,
  value: unknown,
): number => {
  const sources: readonly unknown[] = Array.isArray(value) ? value : [value]
  let copied = 0
  for (const from of sources) {
    if (from === null || typeof from !== 'object' || Array.isArray(from))
      refuseYaml(source, offset, 'MERGE_REFUSED', 'a merge key takes a mapping or a list of mappings')
    for (const [key, inherited] of Object.entries(from as Record<string, unknown>)) {
      if (Object.hasOwn(mapping, key)) continue
      put(mapping, key, inherited)
      merged.add(key)
      copied++
    }
  }
  return copied
}
