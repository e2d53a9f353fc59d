import { addAll } from '#engine/add-all'
import { groupBy } from '#engine/group-by'
import type { AskApiServer } from './ask-api-server.js'
import type { CollectedKind } from './collected-kinds.js'
import { type ApiObject, reasonOf } from './list-objects.js'

/** A kind with the path under which this API server lists it. */
export interface ServedKind extends CollectedKind {
  /** `/api/v1` or `/apis/<group>/<version>`. */
  readonly root: string
}

export interface Served {
  readonly kinds: readonly ServedKind[]
  /** Of these nobody could say whether they are served. */
  readonly unread: readonly { readonly kind: CollectedKind; readonly reason: string }[]
}

/** Which of the kinds this API server serves, and in which version: the preferred one that has the kind. What it does not serve is not installed. */
export async function findServedKinds(ask: AskApiServer, wanted: readonly CollectedKind[]): Promise<Served> {
  const { versions, reason } = await versionsByGroup(ask)
  const groups = groupBy(wanted, ({ group }) => group)
  const found = await Promise.all(
    [...groups].map(async ([group, kinds]) => {
      const roots = versions.get(group)
      // Where the groups could not be had, none of them is known not to be installed.
      return roots === undefined
        ? { kinds: [], unread: reason === undefined ? [] : kinds.map((kind) => ({ kind, reason })) }
        : ofGroup(ask, roots, kinds)
    }),
  )
  return { kinds: found.flatMap(({ kinds }) => kinds), unread: found.flatMap(({ unread }) => unread) }
}

interface Groups {
  readonly versions: ReadonlyMap<string, readonly string[]>
  /** Why they could not be had. */
  readonly reason: string | undefined
}

async function versionsByGroup(ask: AskApiServer): Promise<Groups> {
  const answer = await ask('/apis')
  const { body } = answer
  const groups = Array.isArray(body['groups']) ? (body['groups'] as readonly ApiGroup[]) : []
  const versions = new Map([
    ['', ['/api/v1']] as const,
    ...groups.map(({ name, preferredVersion, versions }) => {
      const ordered = new Set([preferredVersion?.groupVersion, ...versions.map(({ groupVersion }) => groupVersion)])
      return [name, [...ordered].flatMap((one) => (one === undefined ? [] : [`/apis/${one}`]))] as const
    }),
  ])
  return { versions, reason: answer.status === 200 ? undefined : reasonOf(answer) }
}

interface ApiGroup {
  readonly name: string
  readonly preferredVersion?: { readonly groupVersion: string }
  readonly versions: readonly { readonly groupVersion: string }[]
}

async function ofGroup(ask: AskApiServer, roots: readonly string[], wanted: readonly CollectedKind[]): Promise<Served> {
  const kinds: ServedKind[] = []
  let open = wanted
  let reason: string | undefined
  for (const root of roots) {
    if (open.length === 0) break
    const answer = await ask(root)
    if (answer.status !== 200 && answer.status !== 404) reason = reasonOf(answer)
    const resources = resourcesOf(answer.body)
    const here = open.filter(({ resource }) => resources.has(resource))
    addAll(
      kinds,
      here.map((kind) => ({ ...kind, root })),
    )
    open = open.filter((kind) => !here.includes(kind))
  }
  const failed = reason
  return { kinds, unread: failed === undefined ? [] : open.map((kind) => ({ kind, reason: failed })) }
}

const resourcesOf = ({ resources }: ApiObject): ReadonlySet<string> =>
  new Set(Array.isArray(resources) ? resources.map(({ name }: { readonly name: string }) => name) : [])
