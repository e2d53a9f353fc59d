import { TopologyDocument } from './topology-document.js'

/**
 * JSON Schema of the document as users send it: what editors and `/schemas/topology.json` show.
 *
 * Its `$id` is a reference: whichever service it was read from is where it leads back to.
 */
export const topologyJsonSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: '/schemas/topology.json',
  title: 'Sightline topology',
  description: 'Everything known about the meshes at one moment: their networks, clusters and control planes, and each cluster’s objects.',
  ...TopologyDocument,
}
