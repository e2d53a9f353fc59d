import { listTopologies } from '#operations/topologies/list-topologies'
import { readTopology } from '#operations/topologies/read-topology'
import { readVersion } from '#operations/versions/read-version'
import { connectionOf } from '../connection.js'
import type { GraphqlContext } from '../context.js'
import type { QueryResolvers } from '../generated/resolver-types.js'
import { readNodeId } from '../node-id.js'
import { orNull, versionSource } from './version-source.js'

export const query: QueryResolvers = {
  topology: (_parent, { name }, { dependencies }) => orNull(readTopology(dependencies, name)),
  topologies: async (_parent, page, { dependencies }) => connectionOf(await listTopologies(dependencies, page), page.after),
  node: (_parent, { id }, context) => findNode(id, context),
}

/** Sources tell their type by a field of their own, because interfaces are resolved from plain data. */
const findNode = async (id: string, { dependencies }: GraphqlContext) => {
  const found = readNodeId(id)
  if (found === undefined) return null
  const [name = '', number = ''] = found.key.split(' ')
  if (found.kind === 'Topology') return orNull(readTopology(dependencies, name))
  const version = await orNull(readVersion(dependencies, { topology: name, ref: number }))
  return version === null ? null : versionSource(version)
}
