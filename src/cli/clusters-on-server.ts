import type { Server } from './server/server.js'
import { askServerJson } from './ask-server.js'
import { failure } from './failure.js'
import type { VersionName } from './version-name.js'

/** A cluster, and the namespaces that something is in. */
export interface SubjectCluster {
  readonly name: string
  readonly namespaces: readonly string[]
}

interface Answer {
  readonly data?: { readonly topology: { readonly version: { readonly clusters: readonly SubjectCluster[] } | null } | null } | null
  readonly errors?: readonly { readonly message: string }[]
}

const query = `query Clusters($name: String!, $ref: String!) {
  topology(name: $name) { version(ref: $ref) { clusters { name namespaces } } }
}`

/** The clusters of a version; only GraphQL lists them. */
export async function clustersOnServer(server: Server, { topology, ref }: VersionName): Promise<readonly SubjectCluster[]> {
  const body = JSON.stringify({ query, variables: { name: topology, ref } })
  const answer = await askServerJson<Answer>(server, { method: 'POST', path: '/graphql', body })
  const clusters = answer.data?.topology?.version?.clusters
  if (clusters === undefined) throw failure('input', answer.errors?.[0]?.message ?? `there is no version \`${topology}@${ref}\``)
  return clusters
}
