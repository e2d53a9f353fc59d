import type { TopologySummary, VersionSummary } from '#engine/model/stored/stored-version'
import { askServer, askServerJson } from '../ask-server.js'
import { pagesOnServer } from '../server/pages-on-server.js'
import type { Server } from '../server/server.js'
import type { Topologies } from './topologies.js'

const pathOf = (topology: string): string => `/v1/topologies/${topology}`

/** Those of a running service, over REST. */
export const topologiesOnServer = (server: Server): Topologies => ({
  list: () => pagesOnServer<TopologySummary>(server, '/v1/topologies'),
  history: (topology, most) => pagesOnServer<VersionSummary>(server, `${pathOf(topology)}/versions`, most),
  tag: ({ topology, ref }, tag) =>
    askServerJson<VersionSummary>(server, {
      method: 'PUT',
      path: `${pathOf(topology)}/tags/${encodeURIComponent(tag)}`,
      body: JSON.stringify({ version: ref }),
    }),
  delete: async (topology) => void (await askServer(server, { method: 'DELETE', path: pathOf(topology) })),
})
