import { loadAll, YAML11_SCHEMA } from 'js-yaml'
import { isRaw, type Raw } from '../../resources/reading.js'

const maxCharacters = 1_000_000

/**
 * A YAML mapping inside a ConfigMap's data or an annotation, such as MeshConfig; undefined when it is none. A text that says nothing is an empty one.
 *
 * Within limits: these texts are the user's as well, and an alias bomb hides in them just as easily.
 */
export const parseEmbeddedYaml = (text: string): Raw | undefined => {
  if (text.length > maxCharacters) return undefined
  try {
    const documents: readonly unknown[] = loadAll(text, { schema: YAML11_SCHEMA, maxAliases: 100 })
    const value = documents[0] ?? {}
    return documents.length < 2 && isRaw(value) ? value : undefined
  } catch {
    return undefined
  }
}
