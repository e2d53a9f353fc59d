import { dottedPath } from '../manifests/parsing/pointer-trie.js'
import { isMistyped, nearestNames } from '../istiod/matching/nearest-names.js'
import type { Fault, Step } from './fault.js'
import type { Schema } from './schema.js'

/**
 * What an unknown field was probably meant to be: a known one that is written nearly so, or a field of an object around it, as indentation
 * makes it. `above` are the schemas on the way, the last one that of the object that holds it.
 */
export const whatWasMeant = (steps: readonly Step[], above: readonly Schema[], name: string): Fault['meant'] => {
  const names = [...(above.at(-1)?.fields?.keys() ?? [])]
  const lower = name.toLowerCase()
  const near = names.find((known) => known.toLowerCase() === lower) ?? nearestNames(name, names).find((known) => isMistyped(name, known))
  if (near !== undefined) return { name: near }
  for (let depth = above.length - 2; depth > 0; depth -= 1) {
    if (above[depth]?.fields?.has(name) === true) return { belongsTo: dottedPath(steps.slice(0, depth)) }
  }
  return undefined
}
