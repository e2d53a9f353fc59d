import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql'
import type { DeploymentModel } from '../../../src/engine/model/deployment-model.js'
import type { IdentityTrust } from '../../../src/engine/model/identity-trust.js'
import type { Reachability } from '../../../src/engine/model/reachability.js'
import type { Finding } from '../../../src/engine/model/report.js'
import type { HiddenService, VisibleService } from '../../../src/engine/model/visibility.js'
import type { OpenService } from '../../rest/open-service.js'
import type { Door, OpenDoor } from '../door.js'

const schema = buildSchema(readFileSync('src/graphql/schema.graphql', 'utf8'))

/** Everything that a type holds: the answers of the other doors have no field more. */
function everyFieldOf(name: string): string {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is no object type`)
  const fields = Object.values(type.getFields()).map((field) => {
    const inside = getNamedType(field.type)
    return isLeafType(inside) ? field.name : `${field.name} ${everyFieldOf(inside.name)}`
  })
  return `{ ${fields.join(' ')} }`
}

const page = (name: string): string => `nodes ${everyFieldOf(name)} pageInfo { hasNextPage endCursor }`

interface Page<T> {
  readonly nodes: readonly T[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** GraphQL of a running service, asked with variables as programs do. */
export const graphqlDoor = (service: () => OpenService): Door => ({
  name: 'GraphQL',
  close: () => Promise.resolve(),
  open: async (folder): Promise<OpenDoor> => {
    const { http } = service()
    const name = `graphql-${basename(folder)}`.slice(0, 63).replace(/-$/, '')
    const body = readFileSync(join(folder, 'topology.yaml'), 'utf8')
    const appended = await http.post(`/v1/topologies/${name}/versions`).type('application/yaml').send(body)
    if (appended.status !== 201) throw new Error(appended.text)

    const ask = async <T>(field: string, declared: string, variables: object): Promise<T> => {
      const query = `query ($name: String!${declared}) { topology(name: $name) { version { answer: ${field} } } }`
      const answer = await http.post('/graphql').send({ query, variables: { ...variables, name } })
      if (answer.body.errors !== undefined) throw new Error(answer.text)
      return answer.body.data.topology.version.answer as T
    }
    const allPages = async <T>(read: (after: string | null) => Promise<Page<T>>): Promise<readonly T[]> => {
      const pages: Page<T>[] = []
      do pages.push(await read(pages.at(-1)?.pageInfo.endCursor ?? null))
      while (pages.at(-1)?.pageInfo.hasNextPage)
      return pages.flatMap(({ nodes }) => nodes)
    }
    const visible = 'serviceVisibility(from: $from, endpoints: true, first: 100'
    return {
      reachability: (from, to, at) =>
        ask<Reachability>(
          `reachability(from: $from, to: $to, at: $at) ${everyFieldOf('Reachability')}`,
          ', $from: SourceInput!, $to: DestinationInput!, $at: DateTime',
          { from, to, at },
        ),
      visibility: async (from) => {
        const declared = ', $from: SourceInput!, $after: String'
        return {
          services: await allPages((after) =>
            ask<Page<VisibleService>>(`${visible}, after: $after) { ${page('VisibleService')} }`, declared, { from, after }),
          ),
          hidden: await allPages(async (after) => {
            const seen = `${visible}) { hidden(first: 100, after: $after) { ${page('HiddenService')} } }`
            return (await ask<{ readonly hidden: Page<HiddenService> }>(seen, declared, { from, after })).hidden
          }),
        }
      },
      trust: (client, server, at) =>
        ask<IdentityTrust>(
          `identityTrust(client: $client, server: $server, at: $at) ${everyFieldOf('IdentityTrust')}`,
          ', $client: IdentityInput!, $server: IdentityInput!, $at: DateTime',
          { client, server, at },
        ),
      deployment: () => ask<DeploymentModel>(`deployment ${everyFieldOf('DeploymentModel')}`, '', {}),
      report: async () => undefined,
      findings: () =>
        allPages((after) =>
          ask<Page<Finding>>(`findings(first: 100, after: $after) { ${page('Finding')} }`, ', $after: String', { after }),
        ),
    }
  },
})
