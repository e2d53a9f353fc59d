import { load } from 'js-yaml'

/**
 * The `include` patterns of a document, wherever its clusters have one. A document that cannot be read has none here: reading
 * it properly, which is done afterwards, says what is wrong and where.
 */
export const includePatterns = (body: Uint8Array): readonly string[] => {
  const text = new TextDecoder().decode(body)
  if (!text.includes('include')) return []
  return [...new Set(membersOf(parse(text), 'clusters').flatMap((cluster) => membersOf(cluster, 'resources').flatMap(includeOf)))]
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return parseYaml(text)
  }
}

const parseYaml = (text: string): unknown => {
  try {
    return load(text, { maxAliases: 100, maxDepth: 64 })
  } catch {
    return undefined
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[name] : undefined

const membersOf = (value: unknown, name: string): readonly unknown[] => {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list : []
}

const includeOf = (entry: unknown): readonly string[] => {
  const pattern = memberOf(entry, 'include')
  return typeof pattern === 'string' ? [pattern] : []
}
