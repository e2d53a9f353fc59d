import type { ResourceRef } from '../model/resource-ref.js'
import { isSameRef } from './same-ref.js'

/** Up to so many, looking through all is quicker than writing down what each one is. */
const few = 12

/** Each object once, however many considerations led to it. */
export const distinctRefs = (refs: readonly ResourceRef[]): ResourceRef[] => {
  if (refs.length > few) {
    return [...new Map(refs.map((ref) => [`${ref.cluster}/${ref.kind}/${ref.namespace}/${ref.name}/${ref.path}`, ref])).values()]
  }
  return refs.filter((ref, index) => refs.findIndex((other) => isSameRef(ref, other)) === index)
}
