import { listVersions } from '#operations/versions/list-versions'
import { checkRef } from '#operations/topologies/name'
import { readVersion } from '#operations/versions/read-version'
import { connectionOf } from '../connection.js'
import type { TopologyResolvers } from '../generated/resolver-types.js'
import { nodeId } from '../node-id.js'
import { orNull, versionSource } from './version-source.js'

export const topology: TopologyResolvers = {
  id: ({ name }) => nodeId('Topology', name),
  version: async ({ name }, { ref }, { dependencies }) => {
    checkRef(ref)
    const found = await orNull(readVersion(dependencies, { topology: name, ref }))
    return found === null ? null : versionSource(found)
  },
  versions: async ({ name }, page, { dependencies }) => connectionOf(await listVersions(dependencies, name, page), page.after),
}
