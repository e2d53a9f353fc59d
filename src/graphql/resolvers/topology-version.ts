import { describeDeployment } from '#operations/questions/describe-deployment'
import { listFindings } from '#operations/questions/list-findings'
import { listServices } from '#operations/questions/list-services'
import { listWorkloads } from '#operations/questions/list-workloads'
import { findService } from '#operations/relations/find-service'
import { findWorkload } from '#operations/relations/find-workload'
import type { Listed } from '#operations/page'
import type { FoundVersion } from '#operations/versions/find-version'
import { checkFindingFilter } from '../check-source.js'
import { connectionOf } from '../connection.js'
import type { GraphqlContext } from '../context.js'
import type { TopologyVersionResolvers } from '../generated/resolver-types.js'
import type { TopologyVersionMapper } from '../mappers.js'
import { nodeId } from '../node-id.js'
import { callers, effectivePolicy, isolation, reach } from './groups.js'
import { inventoryOf } from './inventory.js'
import { proxyConfig } from './proxy-config.js'
import { identityTrust, reachability, serviceVisibility } from './questions.js'
import { ask } from './version-source.js'

const inventory = (version: TopologyVersionMapper, context: GraphqlContext) =>
  ask(version, context.dependencies, (content) => inventoryOf(context, content))

/** Items with what their own fields need to ask on. */
const withContent = <T extends object>({ items, ...page }: Listed<T>, content: FoundVersion['content']) => ({
  ...page,
  items: items.map((item) => ({ ...item, content })),
})

export const topologyVersion: TopologyVersionResolvers = {
  id: ({ topology, number }) => nodeId('TopologyVersion', `${topology} ${number}`),
  deployment: (version, _none, { dependencies }) => ask(version, dependencies, (content) => describeDeployment(dependencies, content)),
  reachability,
  identityTrust,
  serviceVisibility,
  callers,
  reach,
  isolation,
  effectivePolicy,
  proxyConfig,
  findings: async (version, input, { dependencies }) => {
    checkFindingFilter('filter', input.filter ?? {})
    return ask(version, dependencies, async (content) => connectionOf(await listFindings(dependencies, content, input), input.after))
  },
  services: (version, page, { dependencies }) =>
    ask(version, dependencies, async (content) =>
      connectionOf(withContent(await listServices(dependencies, content, page), content), page.after),
    ),
  service: (version, name, { dependencies }) =>
    ask(version, dependencies, async (content) => {
      const found = await findService(dependencies, content, name)
      return found === null ? null : { ...found, content }
    }),
  workloads: (version, page, { dependencies }) =>
    ask(version, dependencies, async (content) =>
      connectionOf(withContent(await listWorkloads(dependencies, content, page), content), page.after),
    ),
  workload: (version, name, { dependencies }) =>
    ask(version, dependencies, async (content) => {
      const found = await findWorkload(dependencies, content, name)
      return found === null ? null : { ...found, content }
    }),
  meshes: async (version, _none, context) => (await inventory(version, context)).meshes,
  networks: async (version, _none, context) => [...(await inventory(version, context)).networks.values()],
  clusters: async (version, _none, context) => [...(await inventory(version, context)).clusters.values()],
  controlPlanes: async (version, _none, context) => [...(await inventory(version, context)).controlPlanes.values()],
  tenants: async (version, _none, context) => (await inventory(version, context)).tenants,
}
