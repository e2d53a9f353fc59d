import type { ResourceRef } from '../../model/resource-ref.js'
import type { SuppressionHeader } from '../../model/topology/suppression-header.js'
import { remembered } from '../../remembered.js'
import { type Meta, suppressAnnotation } from '../../resources/meta.js'
import { headerRef } from '../../snapshot/references.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { readSuppressions } from './read-suppressions.js'

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
    cluster.resources.suppressing.flatMap((meta) => suppressionsOn(cluster, meta)),
  )
  return {
    suppressions: [...ofDocument, ...onObjects.filter((one) => 'accepts' in one)],
    unread: onObjects.filter((one) => 'fault' in one),
  }
})

function suppressionsOn(cluster: Cluster, meta: Meta): readonly (StatedSuppression | UnreadSuppression)[] {
  const on = cluster.ref(meta, `metadata.annotations.${suppressAnnotation}`)
  const { kind, namespace, name } = on
  const resource = { cluster: cluster.name, kind, namespace, name }
  return readSuppressions(meta.annotations[suppressAnnotation] ?? '').map((read) =>
    'fault' in read ? { fault: read.fault, on } : { accepts: { ...read, resource }, on },
  )
}
