import { type Problem, isProblem } from '../../model/app-error.js'
import { cursorOf, keyOf } from '../../model/stored/cursor.js'
import type { VisibilityQuestion } from '../../model/question.js'
import type { ToldAssumption } from '../../model/step.js'
import { tellAssumptions } from '../answer/tell-assumptions.js'
import type { HiddenService, Page, ServiceVisibility, VisibleService } from '../../model/visibility.js'
import { isClustersetHost } from '../../snapshot/services/clusterset-names.js'
import { namesPodOf } from '../../snapshot/services/service-names.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { resolveSource } from '../caller/resolve-source.js'
import { assumeRead } from '../unread-kinds/assume-read.js'
import type { Missing } from '../unread-kinds/asked.js'
import { missingToList } from '../unread-kinds/missing-to-list.js'
import { exportedPorts } from '../packets/exporters-of.js'
import { searchCandidates } from '../name/search-candidates.js'
import { type Seen, type SeenService, resolvesTo, seenServices, type UnseenService } from './seen-services.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { pause } from '../../pause.js'
import { routesAttached } from './routes-attached.js'
import { visiblePorts } from './visible-ports.js'
import { whyUnseen } from './why-unseen.js'

const defaultFirst = 20

/** What of a client's services is listed; pages are made of what is left. */
export type Narrow = (seen: Seen, client: Client) => Seen
const all: Narrow = (seen) => seen

interface Listed {
  readonly client: Client
  readonly seen: Seen
  readonly assumptions: ToldAssumption[]
}

type Answer = ServiceVisibility | { readonly problem: Problem }

/** What of both lists is on the page. */
type Choose = (
  seen: Seen,
  question: VisibilityQuestion,
) => { readonly services: readonly SeenService[]; readonly hidden: readonly UnseenService[]; readonly page: Page }

const answering =
  (choose: Choose) =>
  (snapshot: Snapshot, question: VisibilityQuestion, narrow = all): Answer => {
    const listed = list(snapshot, question, narrow)
    if (isProblem(listed)) return listed
    const { client, seen, assumptions } = listed
    const { services, hidden, page } = choose(seen, question)
    return {
      services: services.map((one) => show(client, one, question.endpoints === true)),
      hidden: hidden.map(showHidden),
      assumptions,
      page,
    }
  }

/**
 * Which services does this source see? One page of them in the order of their hosts, with the first of those it does not see.
 *
 * A question that matches several workloads lists what all of them see; what one of them does not see counts as hidden.
 */
export const listVisible = answering(({ services, hidden }, question) => {
  const { items, page } = pageOf(services, question)
  return { services: items, hidden: hidden.slice(0, question.first ?? defaultFirst), page }
})

/** Which services does it not see, and why? `first` and `after` page through these. */
export const listHidden = answering(({ hidden }, question) => {
  const { items, page } = pageOf(hidden, question)
  return { services: [], hidden: items, page }
})

/** What does it see, and what not? Both lists page by page together, each with up to `first` items, until both are at their end. */
export const listPage = answering((seen, { first, after }) => {
  // A cursor of the services alone, as other lists give them out, begins with the hidden ones anew.
  const [before = '', hiddenBefore = ''] = (after ? (keyOf(after) ?? '') : '').split('\n')
  const services = pageBehind(seen.services, before, first)
  const hidden = pageBehind(seen.hidden, hiddenBefore, first)
  const hasMore = services.hasMore || hidden.hasMore
  const nextCursor = hasMore ? cursorOf(`${services.last ?? before}\n${hidden.last ?? hiddenBefore}`) : null
  return { services: services.items, hidden: hidden.items, page: { hasMore, nextCursor } }
})

const list = (snapshot: Snapshot, question: VisibilityQuestion, narrow: Narrow): Listed | { readonly problem: Problem } => {
  const source = resolveSource(snapshot, question.from)
  if (isProblem(source)) return source
  const [client] = source.clients
  if (client === undefined) return { problem: { code: 'SOURCE_NOT_FOUND', message: 'no workload matches the source', details: {} } }
  const seen = seenByAll(source.clients)
  return {
    client,
    seen: narrow(question.host ? onlyHost(seen, client, question.host) : seen, client),
    assumptions: tellAssumptions(assumeRead(missingOf(source.clients, question))),
  }
}

/** What could not be read and could list more, or less: each once. */
const missingOf = (clients: readonly Client[], { host, endpoints }: VisibilityQuestion): readonly Missing[] => {
  const listings = clients.map((client) => ({ client, names: host ? namesOf(client, host) : undefined, withEndpoints: endpoints === true }))
  return [...new Map(listings.flatMap(missingToList).map((missing) => [missing.ref, missing])).values()]
}

/** One of each kind of client that sees something of its own. */
const distinctlySeeing = (clients: readonly Client[]): readonly (readonly [Seen, Client])[] => [
  ...new Map(clients.map((client) => [seenServices(client), client] as const)),
]

/** What one of them does not see is hidden, and why is that one's reason. */
function seenByAll(clients: readonly Client[]): Seen {
  const each = distinctlySeeing(clients)
  const [first, ...others] = each
  if (first === undefined || others.length === 0) return first?.[0] ?? { services: [], hidden: [] }
  const hidden = new Map(each.flatMap(([seen]) => seen.hidden).map((one) => [one.key, one]))
  const keys = each.map(([{ services }, client]) => ({ client, has: new Set(services.map(({ key }) => key)) }))
  for (const { key, host, namespace } of each.flatMap(([{ services }]) => services)) {
    pause()
    const without = hidden.has(key) ? undefined : keys.find(({ has }) => !has.has(key))?.client
    if (without !== undefined) hidden.set(key, { key, host, namespace, ...whyUnseen(without, host, [host]) })
  }
  const services = first[0].services.filter(({ key }) => !hidden.has(key))
  return { services, hidden: [...hidden.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) }
}

const spelled = (host: string): string => host.toLowerCase().replace(/\.$/, '')

/** Under the domain of its own cluster, and under that by which its control plane names Services. */
function namesOf(client: Client, host: string): readonly string[] {
  const { view, cluster, workload } = client
  const domains = new Set([cluster.clusterDomain, view === undefined ? cluster.clusterDomain : domainSuffix(view)])
  return [...new Set([...domains].flatMap((domain) => searchCandidates(spelled(host), workload.namespace, domain)))]
}

/** A short or partly qualified host stands for every name the client's resolver would try (DNS-6), and that of a single pod for its Service (DNS-4). */
const onlyHost = (seen: Seen, client: Client, host: string): Seen => {
  const wanted = new Set(namesOf(client, host))
  const services = seen.services.filter((one) => wanted.has(one.host))
  const hidden = seen.hidden.filter((one) => wanted.has(one.host))
  if (services.length + hidden.length > 0) return { services, hidden }
  const around = seen.services.filter(({ scoped }) => scoped !== undefined && [...wanted].some((name) => namesPodOf(name, scoped.service)))
  if (around.length > 0) return { services: around, hidden }
  return { services, hidden: [{ key: host, host, namespace: '', ...whyUnseen(client, spelled(host), [...wanted]) }] }
}

const pageOf = <T extends { readonly key: string }>(
  sorted: readonly T[],
  { first, after }: VisibilityQuestion,
): { items: readonly T[]; page: Page } => {
  const { items, hasMore, last } = pageBehind(sorted, (after ? keyOf(after) : undefined) ?? '', first)
  return { items, page: { hasMore, nextCursor: hasMore && last !== undefined ? cursorOf(last) : null } }
}

/** `behind` is a key, '' the beginning. */
const pageBehind = <T extends { readonly key: string }>(
  sorted: readonly T[],
  behind: string,
  first: VisibilityQuestion['first'],
): { readonly items: readonly T[]; readonly hasMore: boolean; readonly last: string | undefined } => {
  const start = behind === '' ? 0 : sorted.findIndex(({ key }) => key > behind)
  const items = start < 0 ? [] : sorted.slice(start, start + (first ?? defaultFirst))
  const last = items.at(-1)
  return { items, hasMore: last !== undefined && last !== sorted.at(-1), last: last?.key }
}

const show = (client: Client, seen: SeenService, withEndpoints: boolean): VisibleService => ({
  host: seen.host,
  namespace: seen.namespace,
  resolvesTo: [...resolvesTo(client, seen)],
  because: [...seen.because],
  ports: seen.scoped === undefined ? plainPorts(client, seen) : visiblePorts(client, seen.scoped, withEndpoints),
  routes: seen.scoped === undefined ? [] : routesAttached(client, scopeOf(client), seen.scoped.service),
})

/** Without a proxy there are no subsets and no transport of Istio's: the ports as the Service declares them. */
const plainPorts = ({ cluster, snapshot }: Client, { host, namespace }: SeenService): VisibleService['ports'] => {
  const name = host.slice(0, host.indexOf('.'))
  const service = findService(cluster, namespace, name)
  // Of a set of clusters what all those have that export it (MCS-18).
  const ports = isClustersetHost(host) ? exportedPorts(snapshot, { namespace, name }) : (service?.ports ?? [])
  return ports.map(({ number, name: port, protocol }) => ({ number, name: port, protocol, subsets: [] }))
}

const showHidden = ({ host, namespace, reason, message, because }: UnseenService): HiddenService => ({
  host,
  namespace,
  reason,
  message,
  because: [...because],
})
