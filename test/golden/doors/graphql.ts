import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql'
import type { DeploymentModel } from '../../../src/engine/model/deployment-model.js'
import type { IdentityTrust } from '../../../src/engine/model/identity-trust.js'
import type { ControlPlaneAnswer, ProxyAnswer, ProxyConfig, ProxyTarget, RouteShares } from '../../../src/engine/model/proxy-config.js'
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
    const visible = 'serviceVisibility(from: $from, endpoints: true, first: 50'
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
      proxyConfig: async (from) =>
        withMaps(await ask<Listed>(`proxyConfig(from: $from) ${everyFieldOf('ProxyConfig')}`, ', $from: SourceInput', { from })),
      deployment: () => ask<DeploymentModel>(`deployment ${everyFieldOf('DeploymentModel')}`, '', {}),
      report: async () => undefined,
      findings: () =>
        allPages((after) =>
          ask<Page<Finding>>(`findings(first: 100, after: $after) { ${page('Finding')} }`, ', $after: String', { after }),
        ),
    }
  },
})

interface Entry<V> {
  readonly key: string
  readonly value: V
}

/** The answer as GraphQL lists it: maps as entries. */
interface Listed {
  readonly answers: readonly (Omit<ControlPlaneAnswer, 'proxies'> & { readonly proxies: readonly ListedProxy[] })[]
}
type ListedProxy = Omit<ProxyAnswer, 'routes' | 'names' | 'inbound' | 'targets'> & {
  readonly targets: readonly (Omit<ProxyTarget, 'sends'> & { readonly sends: ProxyTarget['sends'] | null })[]
  readonly routes: readonly Entry<readonly Entry<number>[]>[]
  readonly names: readonly Entry<string[]>[] | null
  readonly inbound: readonly Entry<ProxyAnswer['inbound'][string]>[]
}

const mapOf = <V>(entries: readonly Entry<V>[]): Record<string, V> => Object.fromEntries(entries.map(({ key, value }) => [key, value]))

/** A share of all under the name of a reason is a request that goes nowhere. */
const sharesOf = (entries: readonly Entry<number>[]): RouteShares =>
  entries.length === 1 && /^[A-Z_]+$/.test(entries[0]?.key ?? '') ? (entries[0]?.key ?? '') : mapOf(entries)

const withMaps = ({ answers }: Listed): ProxyConfig => ({
  answers: answers.map((answer) => ({
    ...answer,
    proxies: answer.proxies.map(({ routes, names, inbound, targets, ...rest }) => ({
      ...rest,
      targets: targets.map(({ sends, ...target }) => ({ ...target, ...(sends ? { sends } : {}) })),
      routes: mapOf(routes.map(({ key, value }) => ({ key, value: sharesOf(value) }))),
      ...(names === null ? {} : { names: mapOf(names) }),
      inbound: mapOf(inbound),
    })),
  })),
})
