import { relateServices, type ServiceFactAsked, type ServiceFacts } from '#operations/relations/relate-services'
import { listFindingsOfEach } from '#operations/relations/list-findings-of-each'
import { listed, readPage } from '#operations/page'
import { connectionOf } from '../connection.js'
import type { GraphqlContext } from '../context.js'
import type { ServiceResolvers } from '../generated/resolver-types.js'
import type { ServiceMapper } from '../mappers.js'
import { together, values } from '../together.js'
import { checkFindingFilter } from '../check-source.js'
import { callersOf, reachOf } from './groups-of-each.js'
import { inventoryOf } from './inventory.js'
import { workloadOf } from './workload.js'

const factsOfEach = together(async (dependencies, content, asked: readonly ServiceFactAsked[]) =>
  values(await relateServices(dependencies, content, asked)),
)
const findingsOfEach = together(async (...asked: Parameters<typeof listFindingsOfEach>) => values(await listFindingsOfEach(...asked)))

/** One fact of one service; null of one that stands for what is not shown. */
const factOf = async <Fact extends keyof ServiceFacts>(
  { host, namespace, content }: ServiceMapper,
  context: GraphqlContext,
  fact: Fact,
  page?: ServiceFactAsked['page'],
): Promise<ServiceFacts[Fact] | null> =>
  (await factsOfEach(context, content, { host, namespace, fact, ...(page && { page }) })) as ServiceFacts[Fact] | null

const subjectOf = ({ host, namespace }: ServiceMapper) => ({ host, namespace })

/** Nothing is asked of what stands for all that is not shown. */
const isShown = ({ key }: ServiceMapper): boolean => !key.startsWith('OUTSIDE_OF_VIEW ')

export const service: ServiceResolvers = {
  workloads: async (parent, page, context) => {
    const found = (await factOf(parent, context, 'workloads', readPage(page))) ?? { items: [], hasMore: false }
    const items = found.items.map((one) => workloadOf(one, parent.content))
    return connectionOf(
      listed(items, ({ key }) => key, found.hasMore),
      page.after,
    )
  },
  runsIn: async (parent, _none, context) => {
    const names = (await factOf(parent, context, 'runsIn')) ?? []
    if (names.length === 0) return []
    const { named, clusters } = await inventoryOf(context, parent.content)
    return named(clusters, names)
  },
  callers: async (parent, question, context) =>
    isShown(parent) ? callersOf(context, parent.content, { ...question, of: subjectOf(parent) }) : null,
  reach: async (parent, question, context) =>
    isShown(parent) ? reachOf(context, parent.content, { ...question, of: subjectOf(parent) }) : null,
  findings: async (parent, input, context) => {
    checkFindingFilter('filter', input.filter ?? {})
    return connectionOf(await findingsOfEach(context, parent.content, { ...input, of: subjectOf(parent) }), input.after)
  },
  routes: async (parent, _none, context) => (await factOf(parent, context, 'routes')) ?? [],
  identities: async (parent, _none, context) => (await factOf(parent, context, 'identities')) ?? [],
  source: async (parent, _none, context) => (await factOf(parent, context, 'source')) ?? [],
  labels: async (parent, _none, context) => (await factOf(parent, context, 'labels')) ?? [],
  annotations: async (parent, _none, context) => (await factOf(parent, context, 'annotations')) ?? [],
}
