import { behindService } from '../groups/behind-service.js'
import { answerEffectivePolicy } from '../groups/effective/answer-effective-policy.js'
import type { InventoryService } from '../inventory/inventory.js'
import { isProblem } from '../model/app-error.js'
import type { ResourceRef } from '../model/resource-ref.js'
import { pause } from '../pause.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { definedBy } from './defined-by.js'
import { routesTo } from './routes-to.js'

type Named = Pick<ResourceRef, 'cluster' | 'kind' | 'namespace' | 'name'>

/** An object among others. */
export const objectKey = ({ cluster, kind, namespace, name }: Named): string => `${cluster ?? ''}/${kind}/${namespace ?? ''}/${name}`

/** What a service's page is about: what defines it, what says where calls go and how, those behind it with their owners, and what is in force there. */
export const objectsAbout = remembered((snapshot: Snapshot, service: InventoryService): ReadonlySet<string> => {
  const routes = routesTo(snapshot, service).flatMap(({ resource }) => resource ?? [])
  const behind = behindService(snapshot, service).flatMap(({ cluster, namespace, owner, ref }): readonly Named[] => {
    pause()
    return [ref, { cluster, namespace, ...owner }]
  })
  return new Set(
    [...definedBy(snapshot, service).map(({ ref }) => ref), ...routes, ...behind, ...inForce(snapshot, service)].map(objectKey),
  )
})

/** Ports of a workload and objects have no more rows. */
const all = 1_000_000

function inForce(snapshot: Snapshot, { host, namespace }: InventoryService): readonly Named[] {
  const answer = answerEffectivePolicy(snapshot, { of: { host, namespace }, first: all })
  return isProblem(answer) ? [] : answer.rows.flatMap(({ resource }) => resource ?? [])
}
