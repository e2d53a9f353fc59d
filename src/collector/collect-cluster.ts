import { addAll } from '#engine/add-all'
import type { UnreadHeader } from '#engine/model/topology/unread-header'
import { removeSecrets } from '#engine/manifests/secrets/remove-secrets'
import type { AskApiServer } from './ask-api-server.js'
import { collectedKinds, type CollectedKind, writtenKind } from './collected-kinds.js'
import { type ApiObject, type Listed, listObjects, type Paging } from './list-objects.js'
import { metaOf } from './meta-of.js'
import { findServedKinds, type ServedKind } from './served-kinds.js'
import { isIstiod } from './istio-cluster-id.js'

/** What is read of one cluster, secrets taken out. */
export interface CollectedObjects {
  readonly objects: readonly ApiObject[]
  readonly unread: readonly UnreadHeader[]
  /** Namespaces in which an istiod runs, or would by custom. */
  readonly systemNamespaces: readonly string[]
  /** How many kinds were read, at least in part; none: nothing is known of the cluster. */
  readonly readKinds: number
  /** Those of the namespaces that were asked for that are not there, as far as they may be seen. */
  readonly absentNamespaces: readonly string[]
}

/** How to read: where, how many objects a page, and who hears of it. */
export interface Collecting {
  readonly ask: AskApiServer
  /** None: all. */
  readonly namespaces: readonly string[]
  readonly pageSize: number
  wait(milliseconds: number): Promise<void>
  /** A kind is read, or not. */
  progress(kind: string, count: number, unread: string | undefined): void
}

/** How many lists are asked for at once: an API server has others to serve. */
const atOnce = 4

const customNamespace = 'istio-system'
const dnsNamespace = 'kube-system'

/** All kinds that matter of one cluster, read and nothing else; every Secret is reduced as soon as its page is there. */
export async function collectCluster(collecting: Collecting): Promise<CollectedObjects> {
  const served = await findServedKinds(collecting.ask, collectedKinds())
  const unread: UnreadHeader[] = served.unread.map(({ kind, reason }) => ({ kind: writtenKind(kind), reason }))
  const objects: ApiObject[] = []
  let readKinds = 0
  const take = async (kind: ServedKind, places: Places): Promise<readonly ApiObject[]> => {
    const read = await readKind(collecting, kind, places)
    addAll(objects, read.objects)
    addAll(unread, read.unread)
    if (read.lists > 0) readKinds += 1
    return read.objects
  }
  const spaces = await namespacesOf(collecting, served.kinds, take)
  const wanted = collecting.namespaces.length === 0 ? 'ALL' : [...new Set([...collecting.namespaces, customNamespace])]
  const wide = served.kinds.filter(({ kind, narrow }) => narrow === undefined && kind !== 'Namespace')
  await pooled(wide, (kind) => take(kind, { wanted, known: spaces, selectors: [''] }))
  if (wanted !== 'ALL') addAll(unread, wide.flatMap(passedBy(wanted)))
  const systemNamespaces = systemNamespacesOf(objects)
  const narrow = served.kinds.filter((kind) => kind.narrow !== undefined)
  await pooled(narrow, (kind) => take(kind, narrowPlaces(kind, systemNamespaces, spaces)))
  const there = namesOf(objects, 'Namespace')
  const absentNamespaces = there.size === 0 ? [] : collecting.namespaces.filter((name) => !there.has(name))
  return { objects: objects.filter(matters), unread, systemNamespaces, readKinds, absentNamespaces }
}

const namesOf = (objects: readonly ApiObject[], kind: string): ReadonlySet<string> =>
  new Set(objects.flatMap((object) => (object['kind'] === kind ? [metaOf(object).name] : [])))

/** Of namespaces that nobody asked for, nothing is known. */
const passedBy =
  (namespaces: readonly string[]) =>
  (kind: CollectedKind): readonly UnreadHeader[] =>
    kind.namespaced
      ? [{ kind: writtenKind(kind), exceptNamespaces: [...namespaces], reason: 'outside of the namespaces that were asked for' }]
      : []

/** Where a kind is looked for. */
interface Places {
  readonly wanted: readonly string[] | 'ALL'
  /** Tried one by one where all at once is not allowed. */
  readonly known: readonly string[]
  readonly selectors: readonly string[]
}

/** Names of the cluster's namespaces, as far as they may be seen. */
async function namespacesOf(
  { namespaces }: Collecting,
  kinds: readonly ServedKind[],
  take: (kind: ServedKind, places: Places) => Promise<readonly ApiObject[]>,
): Promise<readonly string[]> {
  const kind = kinds.find((one) => one.kind === 'Namespace')
  const found = kind === undefined ? [] : await take(kind, { wanted: 'ALL', known: [], selectors: [''] })
  return found.length > 0 ? found.map((object) => metaOf(object).name) : namespaces
}

const systemNamespacesOf = (objects: readonly ApiObject[]): readonly string[] => [
  ...new Set([customNamespace, ...objects.filter(isIstiod).map((object) => metaOf(object).namespace)]),
]

/** Of Secrets what shows roots and remote clusters, and nothing else. */
function narrowPlaces({ narrow }: ServedKind, system: readonly string[], known: readonly string[]): Places {
  const there = (names: readonly string[]): readonly string[] => (known.length === 0 ? names : names.filter((name) => known.includes(name)))
  if (narrow === 'CONFIG') return { wanted: there([...system, dnsNamespace]), known: [], selectors: [''] }
  const selectors = ['labelSelector=istio%2FmultiCluster%3Dtrue', 'fieldSelector=metadata.name%3Dcacerts']
  return { wanted: there(system), known: [], selectors }
}

interface Read {
  readonly objects: readonly ApiObject[]
  readonly unread: readonly UnreadHeader[]
  /** How many lists were given. */
  readonly lists: number
}

/** Where all namespaces at once are not allowed, each is tried; where none may be read the kind is unread as a whole. */
async function readKind(collecting: Collecting, kind: ServedKind, places: Places): Promise<Read> {
  if (kind.namespaced && places.wanted !== 'ALL') {
    return told(collecting, kind, await readNamespaces(collecting, kind, places.wanted, places.selectors))
  }
  const listed = await listKind(collecting, kind, undefined, '')
  if ('items' in listed) return told(collecting, kind, { objects: listed.items, unread: [], lists: 1 })
  if (kind.namespaced && listed.unread === 'forbidden' && places.known.length > 0) {
    const { objects, unread, lists } = await readNamespaces(collecting, kind, places.known, places.selectors)
    const nowhere = unread.length === places.known.length
    return told(collecting, kind, { objects, unread: nowhere ? [{ kind: writtenKind(kind), reason: listed.unread }] : unread, lists })
  }
  return told(collecting, kind, { objects: [], unread: [{ kind: writtenKind(kind), reason: listed.unread }], lists: 0 })
}

/** One namespace after the other. */
async function readNamespaces(
  collecting: Collecting,
  kind: ServedKind,
  namespaces: readonly string[],
  selectors: readonly string[],
): Promise<Read> {
  const objects: ApiObject[] = []
  const unread: UnreadHeader[] = []
  let lists = 0
  for (const namespace of namespaces) {
    for (const selector of selectors) {
      const listed = await listKind(collecting, kind, namespace, selector)
      if ('items' in listed) {
        addAll(objects, listed.items)
        lists += 1
      } else if (unread.at(-1)?.namespace !== namespace) unread.push({ kind: writtenKind(kind), namespace, reason: listed.unread })
    }
  }
  return { objects, unread, lists }
}

function told({ progress }: Collecting, kind: CollectedKind, read: Read): Read {
  progress(writtenKind(kind), read.objects.length, read.unread[0]?.reason)
  return read
}

async function listKind(collecting: Collecting, kind: ServedKind, namespace: string | undefined, selector: string): Promise<Listed> {
  const place = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  const path = `${kind.root}${place}/${kind.resource}${selector === '' ? '' : `?${selector}`}`
  const paging: Paging = { pageSize: collecting.pageSize, wait: collecting.wait, reduce: kind.bare ? bareOf : reduce }
  return listObjects(collecting.ask, path, paging)
}

/** Without secrets, and without what only the API server needs. */
function reduce(object: ApiObject): ApiObject {
  const { managedFields: _managed, ...metadata } = object['metadata'] as ApiObject
  return removeSecrets({ ...object, metadata }).value
}

/** Without what it says of itself: tokens and pull secrets of accounts have names. */
const bareOf = ({ apiVersion, kind, metadata }: ApiObject): ApiObject => reduce({ apiVersion, kind, metadata })

/** Of the cluster's own ConfigMaps only those of its DNS. */
const matters = (object: ApiObject): boolean =>
  object['kind'] !== 'ConfigMap' || metaOf(object).namespace !== dnsNamespace || metaOf(object).name.includes('dns')

async function pooled<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
