import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { collectedKinds } from '#collector/collected-kinds'

export type Manifest = Readonly<Record<string, unknown>>

interface Meta {
  readonly name: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** What is answered instead of a list, or undefined. */
export type Turn = (
  path: string,
  query: URLSearchParams,
) => { readonly status: number; readonly body: unknown; readonly type?: string } | undefined

export interface StandIn {
  readonly url: string
  /** `path?query` of every request, in order. */
  readonly asked: string[]
  close(): Promise<void>
}

interface Terms {
  readonly objects: readonly Manifest[]
  readonly turn?: Turn
  /** Groups that are not installed. */
  readonly absent?: readonly string[]
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Requests without it are refused. */
  readonly token?: string
}

const metaOf = (object: Manifest): Meta => object['metadata'] as Meta
const groupOf = (object: Manifest): string => {
  const version = String(object['apiVersion'])
  return version.includes('/') ? version.slice(0, version.indexOf('/')) : ''
}

export const status = (code: number, message: string): Manifest => ({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message })

/** An API server as far as listing goes: discovery, pages, selectors by label and by name, and the refusals of a real one. */
export async function startStandIn(terms: Terms): Promise<StandIn> {
  const asked: string[] = []
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '', 'http://stand-in')
    asked.push(`${url.pathname}${url.search}`)
    const { status: code, body, type = 'application/json' } = answer(terms, request, url)
    response.writeHead(code, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = terms.tls === undefined ? createServer(listener) : createSecureServer(terms.tls, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `${terms.tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Answer = NonNullable<ReturnType<Turn>>

function answer(terms: Terms, request: IncomingMessage, url: URL): Answer {
  if (terms.token !== undefined && request.headers.authorization !== `Bearer ${terms.token}`) {
    return { status: 401, body: status(401, 'Unauthorized') }
  }
  if (request.method !== 'GET') return { status: 405, body: status(405, 'only reading is expected') }
  const turned = terms.turn?.(url.pathname, url.searchParams)
  if (turned !== undefined) return turned
  return discovery(terms, url.pathname) ?? list(terms, url)
}

const versionOf = (group: string): string => (group === '' ? 'v1' : `${group}/v1`)

function discovery({ absent = [] }: Terms, path: string): Answer | undefined {
  const served = collectedKinds().filter(({ group }) => !absent.includes(group))
  if (path === '/apis') {
    const groups = [...new Set(served.map(({ group }) => group))].filter((group) => group !== '')
    const entry = (name: string): Manifest => {
      const version = { groupVersion: versionOf(name), version: 'v1' }
      return { name, versions: [version], preferredVersion: version }
    }
    return { status: 200, body: { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(entry) } }
  }
  const group = path === '/api/v1' ? '' : /^\/apis\/([^/]+)\/v1$/.exec(path)?.[1]
  if (group === undefined) return undefined
  const resources = served
    .filter((kind) => kind.group === group)
    .map(({ resource, kind, namespaced }) => ({ name: resource, kind, namespaced }))
  return { status: 200, body: { kind: 'APIResourceList', groupVersion: versionOf(group), resources } }
}

function list({ objects }: Terms, { pathname, searchParams }: URL): Answer {
  const [, group = '', namespace, resource] = /^\/(?:api|apis\/([^/]+))\/v1(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(pathname) ?? []
  const kind = collectedKinds().find((one) => one.group === group && one.resource === resource)
  if (kind === undefined) return { status: 404, body: status(404, 'the server could not find the requested resource') }
  const found = objects.filter(
    (object) =>
      groupOf(object) === group &&
      object['kind'] === kind.kind &&
      (namespace === undefined || metaOf(object).namespace === namespace) &&
      isSelected(metaOf(object), searchParams),
  )
  const limit = Number(searchParams.get('limit') ?? 0) || found.length
  const start = Number(searchParams.get('continue') ?? 0)
  const rest = start + limit < found.length ? { continue: String(start + limit) } : {}
  // Objects of a list have neither kind nor version.
  const items = found.slice(start, start + limit).map(({ kind: _kind, apiVersion: _version, ...object }) => object)
  return { status: 200, body: { kind: `${kind.kind}List`, apiVersion: versionOf(group), metadata: rest, items } }
}

function isSelected({ name, labels = {} }: Meta, query: URLSearchParams): boolean {
  const [label, value] = (query.get('labelSelector') ?? '').split('=')
  const field = query.get('fieldSelector')
  return (label === undefined || label === '' || labels[label] === value) && (field === null || field === `metadata.name=${name}`)
}
