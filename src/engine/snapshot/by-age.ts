import { pause } from '../pause.js'
import type { Meta } from '../resources/meta.js'

/** Istio's order of age: creation time, then name, then namespace; also a total order for objects that state no time. */
export function byAge(one: { readonly meta: Meta }, other: { readonly meta: Meta }): number {
  pause()
  const [a, b] = [one.meta, other.meta]
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt
  return compare(a.name, b.name) || compare(a.namespace, b.namespace)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
