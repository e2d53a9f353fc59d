import { load, YAML11_SCHEMA } from 'js-yaml'
import { isRaw, type Raw } from '../../resources/reading.js'

const maxCharacters = 1_000_000

/**
 * A YAML mapping inside a ConfigMap's data or an annotation, such as MeshConfig; undefined when it is none.
 *
 * Within limits: these texts are the user's as well, and an alias bomb hides in them just as easily.
 */
export const parseEmbeddedYaml = (text: string): Raw | undefined => {
  if (text.length > maxCharacters) return undefined
  try {
    const value: unknown = load(text, { schema: YAML11_SCHEMA, maxAliases: 100 })
    if (isRaw(value)) return value
    return value === undefined || value === null ? {} : undefined
  } catch {
    return undefined
  }
}
