import type { ResourceRef } from '../model/resource-ref.js'

/** Each object once, however many considerations led to it. */
export const distinctRefs = (refs: readonly ResourceRef[]): ResourceRef[] => [
  ...new Map(refs.map((ref) => [`${ref.cluster}/${ref.kind}/${ref.namespace}/${ref.name}/${ref.path}`, ref])).values(),
]
