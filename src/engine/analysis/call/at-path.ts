import type { ResourceRef } from '../../model/resource-ref.js'

/** The reference, with the field that decided where it names an object of that kind as a whole. */
export const atPath = (ref: ResourceRef, kind: string, path: string): ResourceRef =>
  ref.kind === kind && ref.path === null ? { ...ref, path } : ref
