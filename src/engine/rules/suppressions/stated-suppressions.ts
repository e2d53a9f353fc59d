import type { ResourceRef } from '../../model/resource-ref.js'
import type { SuppressionHeader } from '../../model/topology/suppression-header.js'
import { remembered } from '../../remembered.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'
import { headerRef } from '../../snapshot/references.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { readSuppressions, suppressAnnotation } from './read-suppressions.js'

/** A suppression, and where it is stated. */
export interface StatedSuppression {
  readonly accepts: SuppressionHeader
  readonly on: ResourceRef
}

/** An annotation that accepts nothing, and why. */
export interface UnreadSuppression {
  readonly fault: string
  readonly on: ResourceRef
}

interface Stated {
  readonly suppressions: readonly StatedSuppression[]
  readonly unread: readonly UnreadSuppression[]
}

/** Those of the document, and those that stand on its objects. */
export const statedSuppressions = remembered((snapshot: Snapshot): Stated => {
  const ofDocument = snapshot.suppressions.map((accepts, index) => ({
    accepts,
    on: headerRef('Suppression', accepts.code, `suppressions[${index}]`),
  }))
  const onObjects = [...snapshot.clusters.values()].flatMap((cluster) =>
    annotatedIn(cluster.resources).flatMap((meta) => suppressionsOn(cluster, meta)),
  )
  return {
    suppressions: [...ofDocument, ...onObjects.filter((one) => 'accepts' in one)],
    unread: onObjects.filter((one) => 'fault' in one),
  }
})

/** A pod template's annotation is on the object that holds the template, and says nothing here. */
const annotatedIn = remembered((resources: ClusterResources): readonly Meta[] => {
  const found = new Map<number, Meta>()
  for (const shelf of Object.values(resources)) {
    if (!(shelf instanceof Map)) continue
    for (const kept of (shelf as ReadonlyMap<string, unknown>).values()) {
      for (const item of Array.isArray(kept) ? (kept as readonly unknown[]) : [kept]) {
        const meta = metaOf(item)
        if (meta?.annotations[suppressAnnotation] !== undefined) found.set(meta.index, meta)
      }
    }
  }
  return [...found.values()]
})

const metaOf = (item: unknown): Meta | undefined =>
  typeof item === 'object' && item !== null && 'meta' in item ? (item.meta as Meta) : undefined

function suppressionsOn(cluster: Cluster, meta: Meta): readonly (StatedSuppression | UnreadSuppression)[] {
  const on = cluster.ref(meta, `metadata.annotations.${suppressAnnotation}`)
  const { kind, namespace, name } = on
  const resource = { cluster: cluster.name, kind, namespace, name }
  return readSuppressions(meta.annotations[suppressAnnotation] ?? '').map((read) =>
    'fault' in read ? { fault: read.fault, on } : { accepts: { ...read, resource }, on },
  )
}
