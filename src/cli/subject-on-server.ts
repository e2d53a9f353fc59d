import type { IdentityTrust } from '#engine/model/identity-trust'
import type { Reachability } from '#engine/model/reachability'
import type { Report } from '#engine/model/report'
import type { ServiceVisibility } from '#engine/model/visibility'
import { askServerJson, askServerText, type ServerRequest } from './ask-server.js'
import { clustersOnServer } from './clusters-on-server.js'
import { hiddenOnServer } from './hidden-on-server.js'
import type { Subject } from './subject.js'
import { readVersionName } from './version-name.js'

/** A version that a server keeps, asked over REST. */
export function subjectOnServer(path: string, server: string): Subject {
  const { topology, ref } = readVersionName(path)
  const requestOf = (question: string, body?: object): ServerRequest => ({
    method: 'POST',
    path: `/v1/topologies/${topology}/versions/${encodeURIComponent(ref)}/${question}`,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const ask = <T>(question: string, body?: object): Promise<T> => askServerJson<T>(server, requestOf(question, body))
  return {
    reachability: (question) => ask<Reachability>('reachability', question),
    visibility: (question) => ask<ServiceVisibility>('visibility', question),
    hidden: (question) => hiddenOnServer(server, { topology, ref }, question),
    trust: (question) => ask<IdentityTrust>('trust', question),
    proxyConfig: (question) => askServerText(server, requestOf('proxy-config', question)),
    report: () => ask<Report>('validate'),
    clusters: () => clustersOnServer(server, { topology, ref }),
  }
}
