import type { ServerRequest } from './ask-server.js'
import type { VersionName } from './version-name.js'

/** What is asked of a server about a version that it keeps: `question` is the last part of the route. */
export const requestAbout = ({ topology, ref }: VersionName, question: string, body?: object): ServerRequest => ({
  method: 'POST',
  path: `/v1/topologies/${topology}/versions/${encodeURIComponent(ref)}/${question}`,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})
