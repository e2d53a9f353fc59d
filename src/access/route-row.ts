import { type Deed, permissions } from './permissions.js'

/** OPEN: to everybody, for there is nobody's data in it. CALLER: to every caller who is known; what is done there admits them. */
export type RouteRow = Deed | 'OPEN' | 'CALLER'

interface Route {
  readonly url?: string | undefined
  readonly schema?: { readonly operationId?: string } | undefined
}

/** Routes that are named after no operation. */
const others: Readonly<Record<string, RouteRow>> = {
  '/': 'OPEN',
  '/docs': 'OPEN',
  '/graphiql': 'OPEN',
  '/graphiql/': 'OPEN',
  '/graphiql/*': 'OPEN',
  '/graphql': 'CALLER',
  '/graphql/schema.graphql': 'OPEN',
  '/livez': 'OPEN',
  '/metrics': 'readMetrics',
  '/openapi.json': 'OPEN',
  '/readyz': 'OPEN',
  '/reasons/:code': 'OPEN',
  '/rules/:code': 'OPEN',
  '/schemas/topology.json': 'OPEN',
  '/v1/limits': 'CALLER',
}

const isDeed = (name: string): name is Deed => Object.hasOwn(permissions, name)

/** What a request to this route is held to; undefined: nobody has decided, and nobody comes in. */
export function routeRow({ url = '', schema }: Route): RouteRow | undefined {
  const name = schema?.operationId ?? ''
  if (isDeed(name)) return name
  // The guide, and the reference of the REST interface.
  return url.startsWith('/docs/') ? 'OPEN' : others[url]
}
