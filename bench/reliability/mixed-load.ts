import { questionsOf } from '../generate/questions.js'
import type { Plan } from '../generate/plan.js'
import type { GeneratedDocuments } from '../generated-documents.js'
import type { Request } from './ask.js'

/** What a topology is asked and sent. */
export interface LoadedTopology {
  readonly name: string
  readonly plan: Plan
  readonly documents: GeneratedDocuments
}

export interface Tokens {
  readonly reader: string
  readonly writer: string
  readonly admin: string
}

export interface Deed extends Request {
  readonly kind: string
}

const reachability = `query Reach($topology: String!, $from: SourceInput!, $to: DestinationInput!) {
  topology(name: $topology) { version { number reachability(from: $from, to: $to) { verdict reason summary steps { stage outcome reason } } } }
}`
const listing = `query List($topology: String!) {
  topologies(first: 10) { nodes { name } }
  topology(name: $topology) { versions(first: 5) { nodes { number createdAt } } version { services(first: 20) { nodes { host } } } }
}`

type Make = (topology: LoadedTopology, tokens: Tokens, index: number) => Request

const post = (path: string, token: string, body: unknown): Request => ({ method: 'POST', path, token, body: JSON.stringify(body) })
const at = (name: string, rest = ''): string => `/v1/topologies/${name}${rest}`
const call = (plan: Plan, index: number) => questionsOf(plan, index, 1)[0]

/** Each kind of request with its share of all of them. */
const kinds: Readonly<Record<string, readonly [share: number, make: Make]>> = {
  'replace a cluster': [
    3,
    ({ name, documents }, { writer }, index) => ({
      method: 'PUT',
      path: at(name, `/clusters/${documents.cluster}`),
      token: writer,
      body: documents.entry(index).toString(),
    }),
  ],
  append: [
    1,
    ({ name, documents }, { writer }, index) => ({
      method: 'POST',
      path: at(name, '/versions'),
      token: writer,
      body: documents.changed(index).toString(),
    }),
  ],
  check: [
    1,
    ({ name, documents }, { writer }, index) => ({
      method: 'POST',
      path: at(name, '/check'),
      token: writer,
      body: documents.changed(index).toString(),
    }),
  ],
  validate: [
    1,
    ({ documents }, { reader }, index) => ({
      method: 'POST',
      path: '/v1/validate',
      token: reader,
      body: documents.changed(index).toString(),
    }),
  ],
  'validate what is stored': [
    1,
    ({ name }, { reader }) => ({ method: 'POST', path: at(name, '/versions/latest/validate'), token: reader }),
  ],
  reachability: [
    8,
    ({ name, plan }, { reader }, index) => post(at(name, '/versions/latest/reachability'), reader, { calls: questionsOf(plan, index, 3) }),
  ],
  visibility: [
    2,
    ({ name, plan }, { reader }, index) =>
      post(at(name, '/versions/latest/visibility'), reader, { from: call(plan, index)?.from, first: 20 }),
  ],
  'proxy-config': [
    1,
    ({ name, plan }, { reader }, index) => post(at(name, '/versions/latest/proxy-config'), reader, { from: call(plan, index)?.from }),
  ],
  trust: [
    2,
    ({ name, plan }, { reader }, index) => {
      const [client, server] = questionsOf(plan, index, 2).map(({ from: { cluster, namespace } }) => ({
        cluster,
        namespace,
        serviceAccount: 'default',
      }))
      return post(at(name, '/versions/latest/trust'), reader, { client, server })
    },
  ],
  'reachability over GraphQL': [
    10,
    ({ name, plan }, { reader }, index) =>
      post('/graphql', reader, { query: reachability, variables: { topology: name, ...call(plan, index) } }),
  ],
  'lists over GraphQL': [3, ({ name }, { reader }) => post('/graphql', reader, { query: listing, variables: { topology: name } })],
  topologies: [1, (_, { reader }) => ({ path: '/v1/topologies', token: reader })],
  versions: [2, ({ name }, { reader }) => ({ path: at(name, '/versions?first=20'), token: reader })],
  document: [1, ({ name }, { reader }) => ({ path: at(name, '/versions/latest/document'), token: reader })],
  'move a tag': [
    1,
    ({ name }, { writer }) => ({
      method: 'PUT',
      path: at(name, '/tags/production'),
      token: writer,
      body: JSON.stringify({ version: 1 }),
    }),
  ],
  audit: [1, (_, { admin }) => ({ path: '/v1/audit', token: admin })],
  // Without it the store grows for as long as the load goes on.
  prune: [1, ({ name }, { admin }) => post(at(name, '/prune'), admin, { keep: 50 })],
}

const cycle = Object.entries(kinds).flatMap(([kind, [share]]) => Array.from({ length: share }, () => kind))

/** The request of this index: kinds alternate, topologies take turns, and no document and no question comes twice. */
export function deedOf(topologies: readonly LoadedTopology[], tokens: Tokens, index: number): Deed {
  const kind = cycle[(index * 7) % cycle.length] ?? 'topologies'
  const topology = topologies[(index + Math.floor(index / cycle.length)) % topologies.length]
  const make = kinds[kind]?.[1]
  if (topology === undefined || make === undefined) throw new Error('there is nothing to ask')
  return { kind, ...make(topology, tokens, index) }
}

/** What stores the first version of each. */
export const firstAppends = (topologies: readonly LoadedTopology[], { writer }: Tokens): readonly Request[] =>
  topologies.map(({ name, documents }) => ({
    method: 'POST',
    path: at(name, '/versions'),
    token: writer,
    body: documents.document.toString(),
  }))
