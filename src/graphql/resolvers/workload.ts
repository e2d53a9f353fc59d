import { askVisibilityOfEach } from '#operations/relations/ask-visibility-of-each'
import type { InventoryWorkload } from '#operations/questions/list-workloads'
import { relateWorkloads, type WorkloadFactAsked, type WorkloadFacts } from '#operations/relations/relate-workloads'
import type { FoundVersion } from '#operations/versions/find-version'
import type { GraphqlContext } from '../context.js'
import type { WorkloadResolvers } from '../generated/resolver-types.js'
import type { WorkloadMapper } from '../mappers.js'
import { together, values } from '../together.js'
import { reachOf } from './groups-of-each.js'
import { inventoryOf } from './inventory.js'
import { visibleConnection } from './visible-connection.js'

/** A workload with what its fields need to ask on. */
export const workloadOf = (workload: InventoryWorkload, content: FoundVersion['content']): WorkloadMapper => ({ ...workload, content })

const factsOfEach = together(async (dependencies, content, asked: readonly WorkloadFactAsked[]) =>
  values(await relateWorkloads(dependencies, content, asked)),
)
const visibleToEach = together(askVisibilityOfEach)

const factOf = async <Fact extends keyof WorkloadFacts>(
  { key, content }: WorkloadMapper,
  context: GraphqlContext,
  fact: Fact,
): Promise<WorkloadFacts[Fact] | null> => (await factsOfEach(context, content, { key, fact })) as WorkloadFacts[Fact] | null

/** As it is stated in questions. */
const statedAs = ({ cluster, namespace, kind, name }: WorkloadMapper) => ({ cluster, namespace, workload: `${kind}/${name}` })

/** Nothing is asked of what stands for all that is not shown. */
const isShown = ({ cluster }: WorkloadMapper): boolean => cluster !== ''

export const workload: WorkloadResolvers = {
  runsIn: async ({ cluster, content }, _none, context) => {
    const { named, clusters } = await inventoryOf(context, content)
    return named(clusters, [cluster])[0] ?? null
  },
  managedBy: async ({ controlPlane, content }, _none, context) => {
    if (controlPlane === null) return null
    const { named, controlPlanes } = await inventoryOf(context, content)
    return named(controlPlanes, [controlPlane])[0] ?? null
  },
  identity: (parent, _none, context) => factOf(parent, context, 'identity'),
  reach: async (parent, question, context) =>
    isShown(parent) ? reachOf(context, parent.content, { ...question, of: statedAs(parent) }) : null,
  visible: async (parent, question, context) => {
    if (!isShown(parent)) return null
    const asked = { ...question, from: statedAs(parent) }
    return visibleConnection(await visibleToEach(context, parent.content, asked), parent.content, asked)
  },
  source: async (parent, _none, context) => (await factOf(parent, context, 'source')) ?? [],
  labels: async (parent, _none, context) => (await factOf(parent, context, 'labels')) ?? [],
  annotations: async (parent, _none, context) => (await factOf(parent, context, 'annotations')) ?? [],
}
