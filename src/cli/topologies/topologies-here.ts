import { deleteTopology } from '#operations/topologies/delete-topology'
import { listTopologies } from '#operations/topologies/list-topologies'
import { listVersions } from '#operations/versions/list-versions'
import { putTag } from '#operations/versions/put-tag'
import type { Surroundings } from '../command.js'
import { everyPage } from '../every-page.js'
import { onOwnStore } from '../on-own-store.js'
import type { Topologies } from './topologies.js'

/** Those of the store that this environment names. */
export const topologiesHere = <T>(surroundings: Surroundings, work: (topologies: Topologies) => Promise<T>): Promise<T> =>
  onOwnStore(surroundings, (needs) =>
    work({
      list: () => everyPage((first, after) => listTopologies(needs, { first, after })),
      history: (topology, most) => everyPage((first, after) => listVersions(needs, topology, { first, after }), most),
      tag: (version, tag) => putTag(needs, version, tag),
      delete: (topology) => deleteTopology(needs, topology),
    }),
  )
