import { type FastifyInstance, fastify } from 'fastify'
import { registerGraphql } from '#graphql/register-graphql'
import { appendVersion } from '#operations/versions/append-version'
import type { Dependencies } from '#operations/dependencies'
import { openDependencies } from '../operations/open-dependencies.js'
import { twoClusters } from '../operations/two-clusters.js'

export interface ToldError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>
}

/** A test reads `errors` where it expects some. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: { readonly data?: unknown; readonly errors: readonly [ToldError, ...ToldError[]] }
}

export interface OpenGraphql {
  readonly app: FastifyInstance
  readonly url: string
  readonly dependencies: Dependencies
  /** What was logged as an error. */
  readonly logged: readonly string[]
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>
  send(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  find(search: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Answer>
  close(): Promise<void>
}

export const graphqlType = 'application/graphql-response+json'

/** GraphQL as the service registers it, over three versions of `shop`, listening on loopback. */
export async function openGraphql(
  change: (dependencies: Dependencies) => Dependencies = (same) => same,
  answerLimit = 16 * 1024 ** 2,
): Promise<OpenGraphql> {
  const opened = await openDependencies()
  for (const topology of ['shop', 'alpha', 'beta']) await appendVersion(opened, { topology, upload: twoClusters({ east: ['cart'] }) })
  await appendVersion(opened, { topology: 'shop', upload: twoClusters({ east: ['cart', 'rating'] }), author: 'me', message: 'second' })
  await appendVersion(opened, { topology: 'shop', upload: twoClusters({ east: ['cart', 'rating', 'zoo'] }) })
  const logged: string[] = []
  const app = fastify({ logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } } })
  const dependencies = change(opened)
  await registerGraphql(app, () => dependencies, answerLimit)
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`
  const read = async (response: Response): Promise<Answer> => {
    const text = await response.text()
    return { status: response.status, type: response.headers.get('content-type') ?? '', body: JSON.parse(text) as Answer['body'] }
  }
  const send: OpenGraphql['send'] = async (body, headers = {}) =>
    read(
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: graphqlType, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    )
  return {
    app,
    url,
    dependencies,
    logged,
    send,
    ask: (query, variables) => send({ query, ...(variables && { variables }) }),
    find: async (search, headers = {}) =>
      read(await fetch(`${url}?${new URLSearchParams(search).toString()}`, { headers: { accept: graphqlType, ...headers } })),
    close: async () => {
      await app.close()
      await opened.close()
    },
  }
}
