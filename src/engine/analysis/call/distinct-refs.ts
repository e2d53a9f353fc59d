import type { ResourceRef } from '../../model/resource-ref.js'
import { pause } from '../../pause.js'

/** Up to so many, looking through all is quicker than writing down what each one is. */
const few = 12

/** Each object once, however many considerations led to it. */
export const distinctRefs = (refs: readonly ResourceRef[]): ResourceRef[] => {
  if (refs.length > few) {
    const distinct = new Map<string, ResourceRef>()
    for (const ref of refs) {
      pause()
      distinct.set(`${ref.cluster}/${ref.kind}/${ref.namespace}/${ref.name}/${ref.path}`, ref)
    }
    return [...distinct.values()]
  }
  return refs.filter((ref, index) => refs.findIndex((other) => isSameRef(ref, other)) === index)
}

/** One object, and one place in it. */
export const isSameRef = (a: ResourceRef, b: ResourceRef): boolean =>
  a === b || (a.name === b.name && a.kind === b.kind && a.namespace === b.namespace && a.cluster === b.cluster && a.path === b.path)
