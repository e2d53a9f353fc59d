import { Compile } from 'typebox/compile'
import { ClusterHeader, TopologyDocument, TopologyHeader } from '../model/topology-document.js'

/** JSON Schema of the document as users send it: what editors and `/schemas/topology.json` show. */
export const topologyJsonSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://sightline/schemas/topology.json',
  title: 'Sightline topology',
  description: 'Everything known about the meshes at one moment: their networks, clusters and control planes, and each cluster’s objects.',
  ...TopologyDocument,
}

let compiledHeader: ReturnType<typeof Compile<typeof TopologyHeader>> | undefined
let compiledCluster: ReturnType<typeof Compile<typeof ClusterHeader>> | undefined

/** Compiled on first use: a process that only reads stored versions never needs them. */
export const headerValidator = () => (compiledHeader ??= Compile(TopologyHeader))
export const clusterValidator = () => (compiledCluster ??= Compile(ClusterHeader))
