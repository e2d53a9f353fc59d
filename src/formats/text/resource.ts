import type { Finding } from '#engine/model/report'
import type { ResourceRef } from '#engine/model/resource-ref'

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

/** The objects behind a step, the first few of many. */
export function describeResources(refs: readonly ResourceRef[]): readonly string[] {
  const told = [...new Set(refs.map(describeResource))]
  return told.length > most ? [...told.slice(0, most), `and ${told.length - most} more`] : told
}
