import type { Finding } from '#engine/model/report'
import type { ResourceRef } from '#engine/model/resource-ref'
import type { Word } from '../parts/part.js'
import { name } from '../parts/tell.js'

type Named = NonNullable<Finding['resource']> & Partial<Pick<ResourceRef, 'path' | 'source'>>

/** `topology.yaml:12`, or what is known of it. */
export const placeOf = (source: ResourceRef['source'] | undefined): string => {
  if (!source) return ''
  const { file, line } = source
  if (file === null) return line === null ? '' : `line ${line}`
  return line === null ? file : `${file}:${line}`
}

/** An object as people say it: kind, where it is, and where it was written. */
export function describeResource({ cluster, kind, namespace, name, path, source }: Named): string {
  const address = kind === 'Cluster' ? name : [cluster, namespace, name].filter((part) => part !== null).join('/')
  const place = placeOf(source)
  return `${kind} ${address}${path ? ` at ${path}` : ''}${place === '' ? '' : ` (${place})`}`
}

const most = 3

/** An object as a whole, of which a field is named as well. */
const isTold = ({ cluster, kind, namespace, name, path }: ResourceRef, refs: readonly ResourceRef[]): boolean =>
  path === null &&
  refs.some((one) => one.path !== null && one.name === name && one.kind === kind && one.namespace === namespace && one.cluster === cluster)

/** The objects behind a step, each once: the first few of many, or all of them. */
export function describeResources(refs: readonly ResourceRef[], isFull = false): readonly Word[] {
  const told = [...new Set(refs.filter((ref) => !isTold(ref, refs)).map(describeResource))]
  // One more takes no more room than saying so.
  const shown = isFull || told.length === most + 1 ? told : told.slice(0, most)
  const more = told.length - shown.length
  return [...shown.map((text) => name(text, 'faint')), ...(more > 0 ? [{ text: `and ${more} more`, shade: 'faint' as const }] : [])]
}
