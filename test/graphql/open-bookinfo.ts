import { readFileSync } from 'node:fs'
import { appendVersion } from '#operations/versions/append-version'
import type { Dependencies } from '#operations/dependencies'
import { yaml } from '../operations/two-clusters.js'
import { type OpenGraphql, openGraphql } from './open-graphql.js'

/** GraphQL over Bookinfo in three clusters, beside what is always there. */
export async function openBookinfo(change?: (dependencies: Dependencies) => Dependencies): Promise<OpenGraphql> {
  const graphql = await openGraphql(change)
  const upload = yaml(readFileSync('examples/bookinfo-three-clusters/topology.yaml', 'utf8'))
  await appendVersion(graphql.dependencies, { topology: 'bookinfo', upload })
  return graphql
}
