import type { Meta } from '../resources/meta.js'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Istio's order of age: creation time, then name, then namespace. */
export const byAge = (a: { readonly meta: Meta }, b: { readonly meta: Meta }): number =>
  a.meta.createdAt - b.meta.createdAt || compare(a.meta.name, b.meta.name) || compare(a.meta.namespace, b.meta.namespace)
