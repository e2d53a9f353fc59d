import type { Deed } from '#access/permissions'
import { nodeId } from '#graphql/node-id'

interface FieldRow {
  /** Whose row of the matrix says who may ask for it. */
  readonly deed: Deed
  readonly args: object
}

const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
const identity = { spiffeId: 'spiffe://a/ns/b/sa/c' }
const beside: FieldRow = { deed: 'relateServices', args: {} }
const besideWorkload: FieldRow = { deed: 'relateWorkloads', args: {} }
const inventory: FieldRow = { deed: 'describeInventory', args: {} }

/** Every field of GraphQL for which something is done, asked of the topology `shop` and its version. */
export const graphqlFields: Readonly<Record<string, FieldRow>> = {
  'Query.node': { deed: 'readTopology', args: { id: nodeId('Topology', 'shop') } },
  'Query.topologies': { deed: 'listTopologies', args: {} },
  'Query.topology': { deed: 'readTopology', args: { name: 'shop' } },
  'Service.annotations': beside,
  'Service.callers': { deed: 'askCallersOfEach', args: {} },
  'Service.findings': { deed: 'listFindingsOfEach', args: {} },
  'Service.identities': beside,
  'Service.labels': beside,
  'Service.reach': { deed: 'askReachOfEach', args: {} },
  'Service.routes': beside,
  'Service.runsIn': beside,
  'Service.source': beside,
  'Service.workloads': beside,
  'Topology.version': { deed: 'readVersion', args: { ref: 'latest' } },
  'Topology.versions': { deed: 'listVersions', args: {} },
  'TopologyVersion.callers': { deed: 'askCallers', args: { of: from } },
  'TopologyVersion.clusters': inventory,
  'TopologyVersion.controlPlanes': inventory,
  'TopologyVersion.deployment': { deed: 'describeDeployment', args: {} },
  'TopologyVersion.effectivePolicy': { deed: 'askEffectivePolicy', args: { of: from } },
  'TopologyVersion.findings': { deed: 'listFindings', args: {} },
  'TopologyVersion.identityTrust': { deed: 'askTrust', args: { client: identity, server: identity } },
  'TopologyVersion.isolation': { deed: 'askIsolation', args: { between: [from, from] } },
  'TopologyVersion.meshes': inventory,
  'TopologyVersion.networks': inventory,
  'TopologyVersion.proxyConfig': { deed: 'readProxyConfig', args: { from } },
  'TopologyVersion.reach': { deed: 'askReach', args: { of: from } },
  'TopologyVersion.reachability': { deed: 'askReachability', args: { from, to: { host: 'reviews' } } },
  'TopologyVersion.service': { deed: 'findService', args: { host: 'reviews' } },
  'TopologyVersion.serviceVisibility': { deed: 'askVisibility', args: { from } },
  'TopologyVersion.services': { deed: 'listServices', args: {} },
  'TopologyVersion.tenants': inventory,
  'TopologyVersion.workload': { deed: 'findWorkload', args: { cluster: 'west', namespace: 'shop', name: 'client' } },
  'TopologyVersion.workloads': { deed: 'listWorkloads', args: {} },
  'VisibleServiceConnection.hidden': { deed: 'askHiddenOfEach', args: {} },
  'Workload.annotations': besideWorkload,
  'Workload.identity': besideWorkload,
  'Workload.labels': besideWorkload,
  'Workload.managedBy': inventory,
  'Workload.reach': { deed: 'askReachOfEach', args: {} },
  'Workload.runsIn': inventory,
  'Workload.source': besideWorkload,
  'Workload.visible': { deed: 'askVisibilityOfEach', args: {} },
}
