import type { Server } from './server/server.js'
import type { VisibilityQuestion } from '#engine/model/question'
import type { HiddenService, ServiceVisibility } from '#engine/model/visibility'
import { askServerJson } from './ask-server.js'
import { failure } from './failure.js'
import type { VersionName } from './version-name.js'

interface Answer {
  readonly data?: {
    readonly topology: { readonly version: { readonly serviceVisibility: { readonly hidden: Connection } | null } | null } | null
  } | null
  readonly errors?: readonly { readonly message: string }[]
}

interface Connection {
  readonly nodes: HiddenService[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const query = `query Hidden($name: String!, $ref: String!, $from: SourceInput!, $host: String, $first: Int, $after: String) {
  topology(name: $name) { version(ref: $ref) { serviceVisibility(from: $from, host: $host) {
    hidden(first: $first, after: $after) {
      nodes { host namespace reason message because { cluster kind namespace name path source { file line } } }
      pageInfo { hasNextPage endCursor }
    }
  } } }
}`

/** A page of the services that a source does not see; only GraphQL pages through these. */
export async function hiddenOnServer(
  server: Server,
  { topology, ref }: VersionName,
  { from, host, first, after }: VisibilityQuestion,
): Promise<ServiceVisibility> {
  const body = JSON.stringify({ query, variables: { name: topology, ref, from, host, first, after } })
  const answer = await askServerJson<Answer>(server, { method: 'POST', path: '/graphql', body })
  const connection = answer.data?.topology?.version?.serviceVisibility?.hidden
  if (connection === undefined) throw failure('input', answer.errors?.[0]?.message ?? `there is no version \`${topology}@${ref}\``)
  const { hasNextPage, endCursor } = connection.pageInfo
  return {
    services: [],
    hidden: connection.nodes,
    assumptions: [],
    page: { hasMore: hasNextPage, nextCursor: hasNextPage ? endCursor : null },
  }
}
