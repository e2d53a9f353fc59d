import { describeDeployment } from '#operations/questions/describe-deployment'
import { describeInventory } from '#operations/questions/describe-inventory'
import { listFindings } from '#operations/questions/list-findings'
import { listServices } from '#operations/questions/list-services'
import { listWorkloads } from '#operations/questions/list-workloads'
import { connectionOf } from '../connection.js'
import type { GraphqlContext } from '../context.js'
import type { TopologyVersionResolvers } from '../generated/resolver-types.js'
import type { TopologyVersionMapper } from '../mappers.js'
import { nodeId } from '../node-id.js'
import { ask } from './version-source.js'
import { callers, effectivePolicy, isolation, reach } from './groups.js'
import { proxyConfig } from './proxy-config.js'
import { identityTrust, reachability, serviceVisibility } from './questions.js'

const inventory = (version: TopologyVersionMapper, { dependencies }: GraphqlContext) =>
  ask(version, dependencies, (content) => describeInventory(dependencies, content))

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
  findings: (version, page, { dependencies }) =>
    ask(version, dependencies, async (content) => connectionOf(await listFindings(dependencies, content, page), page.after)),
  services: (version, page, { dependencies }) =>
    ask(version, dependencies, async (content) => connectionOf(await listServices(dependencies, content, page), page.after)),
  workloads: (version, page, { dependencies }) =>
    ask(version, dependencies, async (content) => connectionOf(await listWorkloads(dependencies, content, page), page.after)),
  meshes: async (version, _none, context) => (await inventory(version, context)).meshes,
  networks: async (version, _none, context) => (await inventory(version, context)).networks,
  clusters: async (version, _none, context) => (await inventory(version, context)).clusters,
  controlPlanes: async (version, _none, context) => (await inventory(version, context)).controlPlanes,
  tenants: async (version, _none, context) => (await inventory(version, context)).tenants,
}
