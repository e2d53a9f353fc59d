import type { ResourceRef } from '../model/resource-ref.js'

/** One object, and one place in it. */
export const isSameRef = (a: ResourceRef, b: ResourceRef): boolean =>
  a === b || (a.name === b.name && a.kind === b.kind && a.namespace === b.namespace && a.cluster === b.cluster && a.path === b.path)
