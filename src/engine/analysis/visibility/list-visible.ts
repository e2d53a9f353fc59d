import { type Problem, isProblem } from '../../model/app-error.js'
import { cursorOf, keyOf } from '../../model/stored/cursor.js'
import type { VisibilityQuestion } from '../../model/question.js'
import type { ToldAssumption } from '../../model/step.js'
import { tellAssumptions } from '../answer/tell-assumptions.js'
import type { HiddenService, Page, ServiceVisibility, VisibleService } from '../../model/visibility.js'
import { isClustersetHost } from '../../snapshot/services/clusterset-names.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { resolveSource } from '../caller/resolve-source.js'
import { assumeRead } from '../unread-kinds/assume-read.js'
import type { Missing } from '../unread-kinds/asked.js'
import { missingToList } from '../unread-kinds/missing-to-list.js'
import { nearHosts } from '../name/near-hosts.js'
import { exportedPorts } from '../packets/exporters-of.js'
import { searchCandidates } from '../name/search-candidates.js'
import { type Seen, type SeenService, resolvesTo, seenServices, type UnseenService } from './seen-services.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { routesAttached } from './routes-attached.js'
import { visiblePorts } from './visible-ports.js'

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
  const each = [...new Set(source.clients.map(seenServices))]
  const seen = each.length === 1 && each[0] !== undefined ? each[0] : seenByAll(each)
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

const seenByAll = (all: readonly Seen[]): Seen => {
  const hidden = new Map(all.flatMap((seen) => seen.hidden).map((one) => [one.key, one]))
  const services = (all[0]?.services ?? []).filter(({ key }) => !hidden.has(key))
  return { services, hidden: [...hidden.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) }
}

const namesOf = (client: Client, host: string): readonly string[] =>
  searchCandidates(host.toLowerCase().replace(/\.$/, ''), client.workload.namespace, client.cluster.clusterDomain)

/** A short or partly qualified host stands for every name the client's resolver would try (DNS-6). */
const onlyHost = (seen: Seen, client: Client, host: string): Seen => {
  const wanted = new Set(namesOf(client, host))
  const services = seen.services.filter((one) => wanted.has(one.host))
  const hidden = seen.hidden.filter((one) => wanted.has(one.host))
  return services.length + hidden.length > 0 ? { services, hidden } : { services, hidden: [unknownTo(client, host)] }
}

/** Nobody has the name: what may have been meant is named as the reason. */
const unknownTo = (client: Client, host: string): UnseenService => {
  const because = nearHosts(client, host.toLowerCase().replace(/\.$/, '')).map(({ ref }) => ref)
  return { key: host, host, namespace: '', reason: 'NAME_NOT_RESOLVED', because }
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

const showHidden = ({ host, namespace, reason, because }: UnseenService): HiddenService => ({
  host,
  namespace,
  reason,
  because: [...because],
})
