import type { NearMiss } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { pause } from '../../pause.js'
import type { Meta } from '../../resources/meta.js'

/** The object, and the place in it, that nearly had a say. */
export const nearMiss = (resource: ResourceRef, why: string): NearMiss => ({ resource, path: resource.path, why })

/** Objects of one kind in an order that is no accident of how the document lists them. */
export const byName = (a: { readonly meta: Meta }, b: { readonly meta: Meta }): number => {
  pause()
  return compare(a.meta.namespace, b.meta.namespace) || compare(a.meta.name, b.meta.name)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Objects beyond are not looked at: of so many none is near. */
export const mostCompared = 200
