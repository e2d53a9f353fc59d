import { isTextFault, parseText } from '../../manifests/parsing/parse-text.js'
import { isRaw, type Raw } from '../../resources/reading.js'

const maxCharacters = 1_000_000

/**
 * A YAML mapping inside a ConfigMap's data or an annotation, such as MeshConfig; undefined when it is none. A text that says nothing is an empty one.
 *
 * Read as the document itself is: istiod has the same reader as kubectl, and an alias bomb hides in these texts just as easily.
 */
export const parseEmbeddedYaml = (text: string): Raw | undefined => {
  if (text.length > maxCharacters) return undefined
  const parsed = parseText(text, 'application/yaml')
  if (isTextFault(parsed)) return undefined
  const value = parsed.documents[0]?.value ?? {}
  return parsed.documents.length < 2 && isRaw(value) ? value : undefined
}
